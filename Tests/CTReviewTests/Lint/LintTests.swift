import CTReview
import CTSpec
import Glibc
import Testing

@Suite struct LintTests {
  @Test func everyRuleHasACase() {
    let cases = Set((OperationRuleTests.cases + SchemaRuleTests.cases).map(\.rule))
    #expect(cases.sorted() == LintRules.all.map(\.id).sorted())
  }

  private static let bad = [
    "api.yaml": "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths:\n  /A: {}\ncomponents: {schemas: {B: true}}"
  ]

  private func check(_ configuration: String) throws(SpecError) -> [String] {
    let rules = try LintConfiguration.load(file: "lint.yaml", read: .memory(["lint.yaml": configuration]))
    return try Lint.check(load(Self.bad), rules).map(\.description)
  }

  @Test func rulesAreSwitched() throws {
    #expect(
      try check("{}") == [
        "api.yaml:4:3: warning: 'A' in the path '/A' is not kebab-case",
        "api.yaml:5:24: warning: nothing uses 'B' of components/schemas",
      ])
    #expect(
      try check("rules: {path-kebab-case: error, unused-component: off}") == [
        "api.yaml:4:3: error: 'A' in the path '/A' is not kebab-case"
      ])
  }

  @Test func anExceptionCoversItsPlaceAndHasToBeNeeded() throws {
    let text = """
      exceptions:
      - {rule: path-kebab-case, at: 'api.yaml#/paths', because: Old.}
      - {rule: unused-component, at: 'api.yaml#/components/schemas/B', because: Soon.}
      - {rule: unused-component, at: 'api.yaml#/paths', because: No longer.}
      """
    #expect(
      try check(text) == [
        "lint.yaml:4:3: error: 'unused-component' finds nothing at api.yaml#/paths any more; remove this exception"
      ])
  }

  @Test func faultsOfTheConfigurationAreLocated() {
    let text = """
      rules: {path-kebab: off, unused-component: fatal}
      exceptions: [{rule: path-kebab-case, at: 'api.yaml#/paths'}, {rule: tag-unused, at: '#', because: ' '}]
      rule: {}
      """
    do throws(SpecError) {
      _ = try check(text)
      Issue.record("it was taken")
    } catch {
      #expect(
        error.diagnostics.map(\.description) == [
          "lint.yaml:1:9: error: there is no rule 'path-kebab'; did you mean 'path-kebab-case'?",
          "lint.yaml:1:44: error: 'unused-component' must be one of off, warning, error, not 'fatal'",
          "lint.yaml:2:14: error: this exception needs 'because'",
          "lint.yaml:2:99: error: an exception needs a reason",
          "lint.yaml:3:1: error: 'rule' is no field of a lint configuration; did you mean 'rules'?",
        ])
    }
  }

  @Test(arguments: [
    ("openapi: 3.0.0", "rule: {}", ["api.yaml"], ["lint.yaml"]), ("openapi: 3.0.0", "{}", ["api.yaml"], []),
    (bad["api.yaml"]!, "rule: {}", [], ["lint.yaml"]), (bad["api.yaml"]!, "{}", ["api.yaml"], []),
  ])
  func `A fault of the configuration does not hide those of the document`(
    document: String, configuration: String, inDocument: [String], inConfiguration: [String]
  ) {
    let outcome = LintOutcome(
      file: "api.yaml", configuration: "lint.yaml",
      read: .memory(["api.yaml": document, "lint.yaml": configuration]))
    #expect(Set(outcome.ofDocument.map(\.location.file)).sorted() == inDocument)
    #expect(Set(outcome.ofConfiguration.map(\.location.file)).sorted() == inConfiguration)
  }

  @Test func idsAndTextsAreWellFormed() {
    for rule in LintRules.all.map(\.description) + DiffRules.all.map(\.description) {
      #expect(rule.id.utf8.allSatisfy { 97...122 ~= $0 || $0 == UInt8(ascii: "-") }, "\(rule.id)")
      #expect(rule.summary.hasSuffix(".") && rule.reason.hasSuffix("."), "\(rule.id)")
    }
  }

  @Test func idsAreUnique() {
    let ids = (LintRules.all.map(\.id) + DiffRules.all.map(\.id)).sorted()
    #expect(Set(ids).count == ids.count)
  }
}
