import Testing

/// A `default` is a value of the Swift type, or is refused for what it is.
@Suite struct DefaultTests {
  @Test(arguments: [
    ("{type: integer, default: 7}", "a: Int = 7"),
    (
      "{type: string, format: date-time, default: '2020-01-01T00:00:00Z'}",
      "a: Timestamp = Timestamp(\"2020-01-01T00:00:00Z\")!"
    ),
    ("{type: array, items: {type: integer}, default: [1, 2]}", "a: [Int] = [1, 2]"),
    ("{type: array, items: {type: integer}, default: []}", "a: [Int] = []"),
    ("{type: [string, 'null'], default: null}", "a: Nullable<String> = .null"),
    ("{type: [string, 'null'], default: x}", "a: Nullable<String> = .value(\"x\")"),
    ("{default: 1}", "a: RawJSON = RawJSON(checked: Array(\"1\".utf8))"),
  ])
  func `is the value in Swift`(schema: String, code: String) throws {
    let files = try generate(document(schema))
    #expect(files.values.contains { $0.contains(code) })
  }

  @Test(arguments: [
    ("{type: integer, default: many}", "this default is not a value that the schema allows here"),
    ("{type: string, format: date-time, default: today}", "this default is not a value that the schema allows here"),
    (
      "{type: array, items: {type: integer}, default: [one]}", "this default is not a value that the schema allows here"
    ),
    ("{type: object, properties: {b: {type: string}}, default: {}}", "the default of an object is not applied"),
  ])
  func `refuses another`(schema: String, message: String) {
    #expect(faults(document(schema)).contains { $0.contains(": error: \(message)") })
  }

  private func document(_ schema: String) -> String {
    """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths: {}
    components:
      schemas:
        Pet: {type: object, properties: {a: \(schema)}}
    """
  }
}
