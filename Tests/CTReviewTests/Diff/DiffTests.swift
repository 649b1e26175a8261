import CTReview
import CTSpec
import Testing

@Suite struct DiffTests {
  @Test func everyRuleHasACase() {
    let cases =
      MessageDiffTests.cases + SecurityDiffTests.cases + SchemaDiffTests.cases
      + DirectionDiffTests.cases + MemberDiffTests.cases + VariantDiffTests.cases
    let named = Set(cases.flatMap(\.rules))
    #expect(DiffRules.all.map(\.id).filter { !named.contains($0) } == [])
  }

  @Test(arguments: [
    ("0.1.0", "0.2.0", true), ("0.1.0", "0.1.9", false), ("1.2.3", "2.0.0", true), ("1.2.3", "1.9.0", false),
    ("0.9.0", "1.0.0", true), ("1.0.0", "0.9.0", false), ("1.0.0", "1.0.0", false), ("1.0.0-rc.1", "2.0.0-rc.1", true),
    ("one", "two", false), ("1", "2", true), ("1", "1", false), ("v1.0.0", "v2.0.0", true), ("v1", "2.0.0", true),
    ("0", "1", true), ("1.4", "1.5", false), ("v0.1", "v0.2", true), ("2025-11-01", "2026-01-01", false),
    ("", "2", false), ("0.2.0", "0.10.0", true), ("99999999999999999999.0", "1.0", false),
  ])
  func versions(_ old: String, _ new: String, _ announces: Bool) {
    #expect(VersionStep.announcesBreaking(from: old, to: new) == announces)
  }

  @Test func aChangeIsAFindingWithBothPlaces() throws {
    let changes = try SpecDiff.changes(
      from: load(api(paths: "  /a: {get: {operationId: a, responses: {'200': {description: F.}}}}")),
      to: load(api(paths: "  {}")))
    let finding = try #require(changes.first).finding
    #expect(finding.diagnostic.description == "api.yaml:3:1: error: breaking: GET /a: is no longer there")
    #expect(finding.related.map(\.location.description) == ["api.yaml:4:8"])
    #expect(finding.facts == [.init("impact", "breaking"), .init("operation", "GET /a")])
  }
}
