import CTJSON
import CTRuntime
import CTSpec
import Testing

/// Every keyword through both validators: the schemas in `spec` are compiled into this target by the plugin, and the
/// compiled checks are held against the interpreting validator on seeded random instances.
///
/// To add a case, drop a schema into `spec`; nothing else has to be done. Those in `random` are made by
/// `scripts/random_schemas.py`; `make schema-fuzz` tries others.
@Suite struct SchemaSetTests {
  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/spec"

  private static let index: SpecIndex = {
    do { return try SpecLoader.loadSchemas(files: schemaNames.map { "\(folder)/\($0)" }) } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test(arguments: schemaNames) func `both validators agree`(name: String) {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("\(name): seed \(seed)")
    let id = SchemaID(file: "\(Self.folder)/\(name)", pointer: "")
    var generator = InstanceGenerator(words: Self.words(in: Self.index[id].node), seed: seed)
    let validator = SchemaValidator(index: Self.index)
    var outcomes: Set<Bool> = []
    // On and on until both outcomes were seen: some schemas take few of the instances that chance makes.
    let limit = name.hasPrefix("random/") ? 3000 : 100_000
    for number in 0..<limit where number < 3000 || outcomes.count < 2 {
      let instance = generator.next()
      let bytes = JSONWriter.write(instance)
      let compiled = Set(validate(schema: name, json: bytes).map { "\($0.keyword) at \($0.pointer)" })
      let interpreted = Set(validator.validate(instance, against: id).map { "\($0.keyword) at \($0.pointer)" })
      outcomes.insert(interpreted.isEmpty)
      #expect(compiled == interpreted, "\(String(decoding: bytes, as: UTF8.self))")
      if compiled != interpreted { return }
    }
    // The small schemas have their own table of what they accept and refuse; some random ones accept nothing.
    if name.hasPrefix("keywords/") || name.hasPrefix("random/") { return }
    #expect(outcomes == [true, false], "the instances are all valid, or none is: they test nothing")
  }

  @Test func `says of an unknown name and of what is no JSON that it is so`() {
    #expect(validate(schema: "nowhere.json", json: Array("1".utf8)).map(\.keyword) == ["$schema"])
    #expect(validate(schema: "tree.json", json: Array("{".utf8)).map(\.keyword) == ["json"])
  }

  /// Each level of the value is tried by several branches, all of which lead back.
  @Test(arguments: [("1", true), ("\"one\"", false)])
  func `the work does not double with each level`(leaf: String, isValid: Bool) {
    let text = String(repeating: "{\"negated\":", count: 120) + leaf + String(repeating: "}", count: 120)
    #expect(validate(schema: "expressions.json", json: Array(text.utf8)).isEmpty == isValid)
  }

  @Test func `names the members of which there has to be exactly one`() {
    let words = "has to have exactly one of 'command' and 'http', and has"
    #expect(validate(schema: "one_member.json", json: Array("{}".utf8)).map(\.detail) == [words + " 0"])
    let both = Array(#"{"command": 1, "http": 1}"#.utf8)
    #expect(validate(schema: "one_member.json", json: both).map(\.detail) == [words + " 2"])
  }

  /// The strings and numbers of a schema: what instances have to consist of in order to meet it.
  private static func words(in node: SpecNode) -> [JSONValue] {
    switch node.value {
    case .string, .number: [node.jsonValue]
    case .array(let elements): elements.flatMap(words)
    case .object(let members): members.flatMap { [JSONValue.string($0.key)] + words(in: $0.value) }
    default: []
    }
  }
}

/// Seeded random JSON made of the words of a schema.
struct InstanceGenerator {
  private var random: SeededGenerator
  private let names: [String]
  private let scalars: [JSONValue]

  init(words: [JSONValue], seed: UInt64) {
    random = SeededGenerator(seed: seed)
    let keywords: Set<String> = [
      "type", "properties", "$defs", "$ref", "$schema", "required", "items", "allOf", "anyOf", "oneOf", "const", "enum",
    ]
    let strings = words.compactMap(\.string).filter { !keywords.contains($0) && $0.utf8.count <= 12 }
    names = strings + ["extra"]
    let near = words.compactMap(\.number).flatMap { number -> [JSONNumber] in
      guard let value = number.int64 else { return [number] }
      return [number, JSONNumber(value - 1), JSONNumber(value + 1)]
    }
    let extras: [JSONValue] = [
      .null, .bool(true), .bool(false), .string(""), .string("abcde"), .string("éé"), .number(JSONNumber("1.0")!),
      .number(JSONNumber("0.25")!), .number(JSONNumber("1e3")!), .number(JSONNumber("-7.125")!), .string("2025-09-27"),
      .string("2025-09-27T10:00:00Z"), .string("a@b.c"), .string("10.0.0.1"), .string("::1"), .string("https://a/b"),
      .string("2eb8aa08-aa98-11ea-b4aa-73b441d16380"), .string("P1D"), .string("10:00:00Z"), .string("/a~0b"),
    ]
    scalars = strings.map { .string($0) } + near.map { .number($0) } + extras
  }

  mutating func next(depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<(depth > 3 ? 0 : depth == 0 ? 5 : 3): return object(depth)
    case 5..<(depth > 3 ? 5 : 7): return array(depth)
    default: return scalars.randomElement(using: &random)!
    }
  }

  private mutating func object(_ depth: Int) -> JSONValue {
    var members: [JSONValue.Member] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let name = names.randomElement(using: &random)!
      if !members.contains(where: { $0.key == name }) {
        members.append(.init(key: name, value: next(depth: depth + 1)))
      }
    }
    return .object(members)
  }

  private mutating func array(_ depth: Int) -> JSONValue {
    .array((0..<Int.random(in: 0...4, using: &random)).map { _ in next(depth: depth + 1) })
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a run is repeated by its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
