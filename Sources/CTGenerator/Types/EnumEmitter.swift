internal import CTSpec

/// Writes the Swift of a string `enum`.
struct EnumEmitter {
  let model: EnumModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    let table = emitter.requests.pool.table(model.cases.map(\.value))
    return code {
      if let text = model.documentation { Code.documentation(text) }
      emitter.source(model.origin)
      block("public enum \(model.name): String, CaseIterable, Hashable, Sendable, JSONDecodable, JSONEncodable") {
        for item in model.cases { "case \(SwiftName.escaped(item.name)) = \(literal(item.value))" }
        Code.blank
        "static let casesInOrder = allCases"
        Code.blank
        block("public func encode(to output: inout JSONOutput)") { "output.string(rawValue)" }
        Code.blank
        block("public static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> Self?") {
          "let at = json.valueStart()"
          "guard let text = context.string(&json) else { return nil }"
          "return context.enumeration(text, \(table), at: at, &json).map { casesInOrder[$0] }"
        }
        if !model.health.isEmpty { health() }
      }
      Code.blank
    }
  }

  private func health() -> [Code] {
    code {
      Code.blank
      Code.documentation("What the event says about the health of its source (`x-ct-health`).")
      block("public var health: HealthSignal?") {
        "switch self {"
        for item in model.cases {
          let signal = model.health[item.value].map { ".\($0.rawValue)" } ?? "nil"
          "case .\(SwiftName.escaped(item.name)): \(signal)"
        }
        "}"
      }
    }
  }
}
