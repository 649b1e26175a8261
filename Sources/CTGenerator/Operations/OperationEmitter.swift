internal import CTSpec

/// Writes the namespace of an operation: what its handler gets and what it may answer.
struct OperationEmitter {
  let model: OperationModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    code {
      Code.documentation(
        "`\(model.operation.method) \(model.operation.path.raw)`: \(model.operation.summary ?? model.operation.id).")
      emitter.source(model.operation.address)
      block("public enum \(model.namespace)") {
        if let body = model.body, body.representations.count > 1 {
          BodyEnum.declaration(body.representations, of: "The body, in one of its media types.", type: \.type)
          Code.blank
        }
        if model.negotiates {
          responseMediaType()
          Code.blank
        }
        input()
        Code.blank
        for response in model.responses where !response.isShared {
          ResponseEmitter(model: response, emitter: emitter).declaration()
        }
        output()
      }
      Code.blank
    }
  }

  private func input() -> Code {
    block("public struct Input: Sendable") {
      Code.documentation("Who calls" + (model.identifiesCaller ? "." : "; `nil` where nobody says."))
      "public let caller: Principal\(model.identifiesCaller ? "" : "?")"
      for parameter in model.parameters {
        if let text = parameter.parameter.description { Code.documentation(text) }
        "public let \(SwiftName.escaped(parameter.name)): \(parameter.type.source)\(parameter.isAlwaysPresent ? "" : "?")"
      }
      if model.negotiates {
        Code.documentation("The representation that the client prefers (`Accept`), which is the one to answer with.")
        "public let responseMediaType: ResponseMediaType"
      }
      if let body = model.body {
        "public let body: \(body.serverType)"
        if body.isRedacted {
          Code.documentation("What was taken out of the body, and where.")
          "public let redactions: [RedactionNote]"
          Code.documentation("The keyed digest of the body as it came, which tells a repeat from another body.")
          "public let bodyDigest: BodyDigest"
          Code.documentation("The body as it came, sealed; `nil` where the deployment keeps no originals.")
          "public let sealedBody: [UInt8]?"
        }
        if body.isRedacted, body.representations.count > 1 {
          Code.blank
          BodyEnum.declaration(body.representations, of: "The body as handlers get it.", type: \.serverType)
        }
      }
    }
  }

  private func responseMediaType() -> [Code] {
    code {
      Code.documentation("The representations that `Accept` chooses from, the preferred one first.")
      block("public enum ResponseMediaType: String, CaseIterable, Sendable") {
        for item in model.negotiated { "case \(SwiftName.escaped(item.name)) = \(literal(item.mediaType))" }
      }
    }
  }

  private func output() -> Code {
    block("public enum Output: Sendable") {
      for response in model.responses { "case \(response.caseName)(\(response.structName))" }
      Code.blank
      block("func response(for audience: Audience) -> ServerResponse") {
        "switch self {"
        for response in model.responses {
          "case .\(response.caseName)(let response): response.response(for: audience)"
        }
        "}"
      }
      Code.blank
      block("static func decode(_ response: ClientResponse) throws(ClientError) -> Self") {
        "switch response.status {"
        for response in model.responses {
          "case \(response.status): .\(response.caseName)(try \(response.structName).decode(response))"
        }
        "default: throw response.undocumented"
        "}"
      }
    }
  }
}

/// Writes an `enum` with a case for each media type of a body.
enum BodyEnum {
  static func declaration(
    _ representations: [RepresentationModel], of documentation: String, type: (RepresentationModel) -> String
  ) -> [Code] {
    code {
      Code.documentation(documentation)
      block("public enum Body: Sendable") {
        for item in representations {
          Code.documentation("`\(item.mediaType)`")
          "case \(SwiftName.escaped(item.name))(\(type(item)))"
        }
      }
    }
  }
}
