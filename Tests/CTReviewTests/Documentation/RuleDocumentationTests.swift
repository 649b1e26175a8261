import CTReview
import CTSpec
import Glibc
import Testing

/// The guides list every rule as the code has it: `RECORD_GOLDENS=1 swift test --filter RuleDocumentationTests` writes
/// the tables anew.
@Suite struct RuleDocumentationTests {
  private static let docs = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/docs"

  private static let guides: [(file: String, rules: [RuleDescription], levels: [Diagnostic.Severity: String])] = [
    ("lint.md", LintRules.all.map(\.description), [.error: "error", .warning: "warning", .note: "note"]),
    ("diff.md", DiffRules.all.map(\.description), [.error: "breaking", .warning: "risky", .note: "safe"]),
  ]

  @Test(arguments: guides.indices) func `lists every rule`(guide: Int) throws {
    let (file, rules, levels) = Self.guides[guide]
    let path = "\(Self.docs)/\(file)"
    let text = String(decoding: try FileReader.disk.read(path), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("<!-- rules") })
    let end = try #require(lines.firstIndex { $0.hasPrefix("<!-- end of rules") })
    let table =
      ["| rule | | what | why |", "|---|---|---|---|"]
      + rules.map { "| `\($0.id)` | \(levels[$0.severity]!) | \($0.summary) | \($0.reason) |" }
    if getenv("RECORD_GOLDENS") != nil {
      let new = (lines[...start] + table.map { $0[...] } + lines[end...]).joined(separator: "\n")
      let stream = try #require(fopen(path, "w"))
      fputs(new, stream)
      fclose(stream)
      Issue.record("recorded anew")
    }
    #expect(lines[(start + 1)..<end].map(String.init) == table)
  }

  @Test func `has one rule for each id`() {
    for guide in Self.guides { #expect(Set(guide.rules.map(\.id)).count == guide.rules.count) }
  }
}
