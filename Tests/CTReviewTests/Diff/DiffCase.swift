import CTReview
import CTSpec
import Testing

/// Two documents, and every change between them: `rule-id old-line:column new-line:column message`.
struct DiffCase: Sendable, CustomTestStringConvertible {
  var name: String
  var old: [String: String]
  var new: [String: String]
  var finds: [String]

  var testDescription: String { name }

  /// The rules that the expected changes name.
  var rules: [String] { finds.map { String($0.prefix { $0 != " " }) } }

  /// What stands under `paths:`, from line 4 on.
  static func paths(_ name: String, _ old: String, _ new: String, _ finds: [String]) -> DiffCase {
    let schemes = """
      components:
        securitySchemes:
          bearer: {type: http, scheme: bearer}
          key: {type: apiKey, in: header, name: X-Key}
      """
    return DiffCase(
      name: name, old: api(paths: old, components: schemes), new: api(paths: new, components: schemes), finds: finds)
  }

  /// `GET /a` with these fields, on line 4 from column 29 on.
  static func get(_ name: String, _ old: String, _ new: String, _ finds: [String]) -> DiffCase {
    func operation(_ fields: String) -> String { "  /a: {get: {operationId: a, \(fields)}}" }
    return paths(name, operation(old), operation(new), finds)
  }

  /// What `POST /a` takes and answers, on line 11 from column 8 on.
  static func schema(_ name: String, _ old: String, _ new: String, _ finds: [String]) -> DiffCase {
    DiffCase(name: name, old: LintCase.exchange(old), new: LintCase.exchange(new), finds: finds)
  }

  func check() throws {
    let changes = try SpecDiff.changes(from: load(old), to: load(new))
    let found = changes.map { change in
      let (old, new) = (change.old, change.new)
      return "\(change.rule.id) \(old.line):\(old.column) \(new.line):\(new.column) \(change.message)"
    }
    #expect(found == finds)
    #expect(try SpecDiff.changes(from: load(old), to: load(old)).isEmpty, "a document against itself")
  }
}
