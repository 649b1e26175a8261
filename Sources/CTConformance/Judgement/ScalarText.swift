internal import CTJSON
internal import CTSpec

/// Text of a header or a parameter as JSON values: which one it is, its schema says.
struct ScalarText {
  let spec: SpecCatalog

  /// All values that the text may stand for: the number or boolean where the schema takes one, and the text.
  func readings(of text: String, as schema: SchemaID) -> [JSONValue] {
    var readings: [JSONValue] = []
    let types = spec.document.index.resolved(schema).types ?? []
    if types.contains(.integer) || types.contains(.number), let number = JSONNumber(text) {
      readings.append(.number(number))
    }
    if types.contains(.boolean), text == "true" || text == "false" { readings.append(.bool(text == "true")) }
    readings.append(.string(text))
    return readings
  }
}
