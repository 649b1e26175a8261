public import CTJSON

/// A violation of a schema; the name that generated registries use.
public typealias Violation = SchemaViolation

extension SchemaViolation {
  /// What a registry says of a name that is none of its schemas'.
  public static var unknownSchema: [SchemaViolation] {
    [SchemaViolation(pointer: "", keyword: "$schema", detail: "there is no schema of this name")]
  }

  /// All violations that a generated check finds in a text; one with the keyword `json` where it is not JSON.
  public static func list(
    _ text: [UInt8], _ check: (inout JSONReader, inout ValidationContext) -> Void
  ) -> [SchemaViolation] {
    do throws(JSONDecodingFault) {
      try JSONReader.read(text) { json throws(JSONDecodingFault) in
        var context = ValidationContext()
        check(&json, &context)
        try context.finish(&json)
      }
      return []
    } catch {
      switch error {
      case .violations(let violations): return violations
      case .syntax(let fault):
        return [
          SchemaViolation(pointer: "", keyword: "json", detail: "at byte \(fault.offset), \(fault.reason.rawValue)")
        ]
      }
    }
  }
}
