import CTJSON
package import CTSpec

/// Whether examples are what they are examples of.
package enum ExampleLint {
  package static let id = "example-invalid"

  /// Judges the examples of parameters, headers, bodies and schemas, components that nothing uses included, and the
  /// defaults of schemas; every violation is located where it is in the example. What is sent has no `readOnly` members,
  /// and what is answered no `writeOnly` ones.
  package static func examplesValidate(_ document: OpenAPIDocument) -> [Diagnostic] {
    var run = Run(document.index)
    for operation in document.operations {
      for parameter in operation.parameters { run.check(parameter.examples, parameter.schema, .request) }
      run.check(operation.requestBody?.content ?? [], .request)
      for response in operation.responses {
        run.check(response.content, .response)
        for header in response.headers { run.check(header.examples, header.schema, .response) }
      }
    }
    for example in ComponentExamples(document).found {
      run.check(example.value, example.schema, "example", example.side)
    }
    run.checkSchemas()
    return run.diagnostics.sorted
  }

  /// The same for schemas alone.
  package static func examplesValidate(_ index: SpecIndex) -> [Diagnostic] {
    var run = Run(index)
    run.checkSchemas()
    return run.diagnostics.sorted
  }

  private struct Run {
    let validator: SchemaValidator
    var diagnostics = Diagnostics()

    /// Whether anything goes one way only.
    private let hasDirections: Bool

    init(_ index: SpecIndex) {
      validator = SchemaValidator(index: index)
      hasDirections = index.schemas.values.contains { $0.readOnly || $0.writeOnly }
    }

    mutating func check(_ content: [MediaType], _ side: Side) {
      for media in content {
        if let schema = media.schema { check(media.examples, schema, side) }
      }
    }

    mutating func check(_ examples: [Example], _ schema: SchemaID, _ side: Side) {
      for example in examples { check(example.value, schema, "example", side) }
    }

    /// A schema's own examples may be of either way.
    mutating func checkSchemas() {
      for id in validator.index.order {
        let schema = validator.index[id]
        for example in schema.examples { check(example, id, "example", nil) }
        if let value = schema.defaultValue { check(value, id, "default", nil) }
      }
    }

    mutating func check(_ node: SpecNode, _ schema: SchemaID, _ what: String, _ side: Side?) {
      var violations = validator.validate(node.jsonValue, against: schema)
      if let side, hasDirections {
        let walk = DirectionWalk(node, schema, side, validator)
        violations.removeAll(where: walk.excuses)
        let (keyword, others) = side == .request ? ("readOnly", "answers") : ("writeOnly", "requests")
        violations += walk.strangers.map {
          SchemaViolation(pointer: $0, keyword: keyword, detail: "only \(others) have this property")
        }
      }
      for violation in violations {
        let location = node.at(pointer: violation.pointer)?.location ?? node.location
        let place = violation.pointer.isEmpty ? "" : " at \(violation.pointer)"
        diagnostics.error(
          ExampleLint.id, at: location,
          "this \(what) does not fit its schema\(place): \(violation.keyword): \(violation.detail)")
      }
    }
  }
}
