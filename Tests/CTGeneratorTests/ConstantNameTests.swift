import Testing

/// The names of constants come from hashes of what they hold, and types are written side by side.
@Suite struct ConstantNameTests {
  /// Two patterns of one hash.
  private static let (one, other) = ("^jkpbhr", "^jhladw")

  private static let yaml = """
    openapi: 3.1.0
    info: {title: Pet Shop, version: 1.0.0}
    paths: {}
    components:
      schemas:
        First: {type: object, properties: {a: {type: string, pattern: \(one)}}}
        Second: {type: object, properties: {b: {type: string, pattern: \(other)}}}
        Third: {type: object, properties: {c: {type: string, pattern: \(other)}, d: {type: string, pattern: \(one)}}}
    """

  @Test func `patterns of one hash get names in the order of the document`() throws {
    let files = try generate(Self.yaml)
    let constants = try #require(files["Constants.swift"]).split(separator: "static let pattern").dropFirst()
    #expect(constants.map { $0.prefix { $0 != " " } } == ["1e551e78", "1e551e782"])
    #expect(constants.map { $0.contains("\"\(Self.one)\"") } == [true, false])

    let types = files.filter { $0.key.hasPrefix("Schemas") }.values.joined().split(separator: "public struct ")
    func names(_ type: String) -> [Substring] {
      let text = types.first { $0.hasPrefix(type + ":") } ?? ""
      return text.split(separator: "SchemaConstants.pattern").dropFirst().map { $0.prefix { $0 != "," } }
    }
    #expect(names("First") == ["1e551e78"])
    #expect(names("Second") == ["1e551e782"])
    #expect(names("Third") == ["1e551e782", "1e551e78"])
  }
}
