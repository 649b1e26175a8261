import CTGenerated
import CTJSON
import CTRuntime
import CTSpec
import Testing

/// The compiled validators and the interpreting one judge the same bodies the same way: accepted or not, and if not, the
/// same keywords broken at the same places.
@Suite struct DifferentialTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  private static let document: OpenAPIDocument = {
    let schemas = ["event", "run", "systems", "config"].map { "\(root)/docs/control_tower/schemas/\($0).schema.json" }
    do {
      return try SpecLoader.loadOpenAPI(file: "\(root)/docs/design/openapi/control_tower.yaml", schemas: schemas)
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// A type that is generated, the schema it is made from, and bodies to start from.
  struct Subject: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var schema: SchemaID
    var seeds: [JSONValue]
    var violations: @Sendable ([UInt8]) -> Set<String>?
  }

  static let subjects: [Subject] = [
    subject("Event", "event.schema.json", Event.self),
    subject("Event.Redacted", "event.schema.json", Event.Redacted.self),
    subject("Run", "run.schema.json", Run.self), subject("System", "systems.schema.json", System.self),
    subject("Configuration", "config.schema.json", Configuration.self),
  ]

  private static func subject<Model: JSONDecodable>(_ name: String, _ file: String, _: Model.Type) -> Subject {
    let id = document.index.order.first { $0.file.hasSuffix("/\(file)") && $0.pointer.isEmpty }!
    var seeds = document.index[id].examples.map(\.jsonValue)
    // The payload examples of each branch make an event each.
    if let mapping = document.index[id].discriminator?.mapping {
      seeds += mapping.compactMap { event(type: $0.value, branch: document.index[$0.schema]) }
    }
    return Subject(testDescription: name, schema: id, seeds: seeds) { violations(of: Model.self, $0) }
  }

  private static func event(type: String, branch: Schema) -> JSONValue? {
    func property(_ name: String) -> Schema? {
      branch.properties.first { $0.name == name }.map { document.index.resolved($0.schema) }
    }
    let source = property("source")?.const?.string ?? "portal"
    guard let payload = property("payload")?.examples.first?.jsonValue else { return nil }
    return .object([
      .init(key: "eventId", value: .string("evt_1")), .init(key: "type", value: .string(type)),
      .init(key: "ts", value: .string("2025-09-27T10:00:00Z")), .init(key: "source", value: .string(source)),
      .init(key: "payload", value: payload),
    ])
  }

  /// `keyword at pointer` for each; `nil` where the text is not JSON.
  private static func violations<Model: JSONDecodable>(of _: Model.Type, _ bytes: [UInt8]) -> Set<String>? {
    do throws(JSONDecodingFault) {
      _ = try Model(json: bytes)
      return []
    } catch {
      switch error {
      case .syntax: return nil
      case .violations(let list): return Set(list.map { "\($0.keyword) at \($0.pointer)" })
      }
    }
  }

  @Test(arguments: subjects) func `agree on the examples`(subject: Subject) {
    #expect(!subject.seeds.isEmpty)
    for seed in subject.seeds {
      compare(subject, seed)
      #expect(
        subject.violations(JSONWriter.write(seed)) == [], "\(String(decoding: JSONWriter.write(seed), as: UTF8.self))")
    }
  }

  @Test(arguments: subjects) func `agree on damaged bodies`(subject: Subject) {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("\(subject.testDescription): seed \(seed)")
    var mutator = InstanceMutator(seed: seed)
    for _ in 0..<4000 {
      let start = subject.seeds.randomElement(using: &mutator.random)!
      compare(subject, mutator.mutate(start))
    }
  }

  private func compare(_ subject: Subject, _ instance: JSONValue) {
    let bytes = JSONWriter.write(instance)
    guard let compiled = subject.violations(bytes) else { return }
    let interpreted = Set(
      SchemaValidator(index: Self.document.index).validate(instance, against: subject.schema).map {
        "\($0.keyword) at \($0.pointer)"
      })
    #expect(
      compiled == interpreted,
      "\(String(decoding: bytes, as: UTF8.self)): only compiled \(compiled.subtracting(interpreted)), only interpreted \(interpreted.subtracting(compiled))"
    )
  }
}
