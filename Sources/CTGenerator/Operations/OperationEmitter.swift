internal import CTSpec

/// Writes the namespace of an operation: what its handler gets and what it may answer.
struct OperationEmitter {
  let model: OperationModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    code {
      Code.documentation(
        "`\(model.operation.method) \(model.operation.path.raw)`: \(model.operation.summary ?? model.operation.id).")
      Code.documentation("Source: `\(model.operation.location)`.")
      block("public enum \(model.namespace)") {
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
      }
    }
  }

  private func output() -> Code {
    block("public enum Output: Sendable") {
      for response in model.responses { "case \(response.caseName)(\(lastName(response)))" }
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
          "case \(response.status): .\(response.caseName)(try \(lastName(response)).decode(response))"
        }
        "default: throw response.undocumented"
        "}"
      }
    }
  }

  private func lastName(_ response: ResponseModel) -> String {
    String(response.typeName.split(separator: ".").last!)
  }
}
