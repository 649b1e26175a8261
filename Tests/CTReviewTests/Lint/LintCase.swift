import CTReview
import CTSpec
import Testing

/// A rule with a document that breaks it, what is found there, and one that keeps it.
struct LintCase: Sendable, CustomTestStringConvertible {
  var rule: String
  var bad: [String: String]
  /// Without the name of the file: `4:8: error: …`.
  var finds: [String]
  var good: [String: String]

  var testDescription: String { rule }

  /// What stands under `paths:`, from line 4 on.
  static func paths(_ rule: String, _ bad: String, _ finds: [String], _ good: String) -> LintCase {
    LintCase(rule: rule, bad: api(paths: bad), finds: finds, good: api(paths: good))
  }

  /// The schema of the JSON that `POST /a` takes and answers, on line 9 from column 15 on.
  static func schema(_ rule: String, _ bad: String, _ finds: [String], _ good: String) -> LintCase {
    LintCase(rule: rule, bad: exchange(bad), finds: finds, good: exchange(good))
  }

  /// `POST /a` takes and answers what a schema says.
  static func exchange(_ schema: String) -> [String: String] {
    api(
      paths: """
          /a:
            post:
              operationId: a
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
              responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}}
        """, components: "components:\n  schemas:\n    S: \(schema)")
  }

  func check() throws {
    #expect(try found(in: bad) == finds, "in what breaks it")
    #expect(try found(in: good) == [], "in what keeps it")
  }

  private func found(in files: [String: String]) throws -> [String] {
    try Lint.check(load(files)).filter { $0.id == rule }.map { String($0.description.dropFirst("api.yaml:".count)) }
  }
}
