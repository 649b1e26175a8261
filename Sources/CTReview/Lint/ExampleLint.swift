import CTJSON
package import CTSpec

/// Whether examples are what they are examples of.
package enum ExampleLint {
  package static let id = "example-invalid"

  /// Judges the examples of parameters, headers, bodies and schemas, and the defaults of schemas; every violation is
  /// located where it is in the example.
  package static func examplesValidate(_ document: OpenAPIDocument) -> [Diagnostic] {
    var run = Run(document.index)
    for operation in document.operations {
      for parameter in operation.parameters { run.check(parameter.examples, parameter.schema) }
      run.check(operation.requestBody?.content ?? [])
      for response in operation.responses {
        run.check(response.content)
        for header in response.headers { run.check(header.examples, header.schema) }
      }
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

    init(_ index: SpecIndex) { validator = SchemaValidator(index: index) }

    mutating func check(_ content: [MediaType]) {
      for media in content {
        if let schema = media.schema { check(media.examples, schema) }
      }
    }

    mutating func check(_ examples: [Example], _ schema: SchemaID) {
      for example in examples { check(example.value, schema, "example") }
    }

    mutating func checkSchemas() {
      for id in validator.index.order {
        let schema = validator.index[id]
        for example in schema.examples { check(example, id, "example") }
        if let value = schema.defaultValue { check(value, id, "default") }
      }
    }

    private mutating func check(_ node: SpecNode, _ schema: SchemaID, _ what: String) {
      for violation in validator.validate(node.jsonValue, against: schema) {
        let location = node.at(pointer: violation.pointer)?.location ?? node.location
        let place = violation.pointer.isEmpty ? "" : " at \(violation.pointer)"
        diagnostics.error(
          ExampleLint.id, at: location,
          "this \(what) does not fit its schema\(place): \(violation.keyword): \(violation.detail)")
      }
    }
  }
}
