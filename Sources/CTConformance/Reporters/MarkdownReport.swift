/// A summary for people, as a pull request or a job shows it.
enum MarkdownReport {
  static func render(_ record: RunRecord) -> String {
    var lines = ["# Conformance", ""]
    if let run = record.run { lines += ["`\(run.url)` against `\(run.specFile)`, run `\(run.runID)`.", ""] }
    if let reason = record.summary?.abortedBy { lines += ["**Could not run:** \(cell("\(reason)"))", ""] }
    lines += ["| suite | passed | failed | skipped | requests |", "|---|---|---|---|---|"]
    for suite in Suite.allCases {
      let results = record.results.filter { $0.check.suite == suite }
      guard !results.isEmpty else { continue }
      let failed = results.count { if case .failed = $0.outcome { true } else { false } }
      let skipped = results.count { if case .skipped = $0.outcome { true } else { false } }
      let cases = results.reduce(0) { $0 + $1.cases }
      lines.append("| \(suite.rawValue) | \(results.count - failed - skipped) | \(failed) | \(skipped) | \(cases) |")
    }
    lines += findings(record.summary?.findings ?? []) + skipped(record.results) + coverage(record.coverage)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func findings(_ entries: [FindingLedger.Entry]) -> [String] {
    guard !entries.isEmpty else { return [] }
    return ["", "## Findings"]
      + entries.flatMap { entry in
        let finding = entry.finding
        return [
          "", "### \(cell(finding.message))", "",
          "`\(finding.check)`, \(finding.severity.rawValue), at `\(finding.clause.place)` (\(cell(finding.clause.text)))"
            + (entry.count > 1 ? ", met \(entry.count) times" : ""), "",
          "- expected: \(cell(finding.expected))", "- seen: \(cell(finding.seen))", "", "```sh", finding.reproduction,
          "```",
        ]
      }
  }

  private static func skipped(_ results: [CheckResult]) -> [String] {
    let lines = results.compactMap { result -> String? in
      guard case .skipped(let reason) = result.outcome else { return nil }
      return "- \(cell(result.check.title)): \(cell("\(reason)"))"
    }
    return lines.isEmpty ? [] : ["", "## Skipped", ""] + lines
  }

  private static func coverage(_ coverage: Coverage) -> [String] {
    guard !coverage.rows.isEmpty else { return [] }
    return ["", "## Reached", "", "| operation | status | keyword | requests |", "|---|---|---|---|"]
      + coverage.rows.map { "| \($0.key.operation) | \($0.key.status) | \($0.key.keyword) | \($0.count) |" }
      + gaps(coverage.gaps)
  }

  private static func gaps(_ gaps: [CoverageGap]) -> [String] {
    guard !gaps.isEmpty else { return [] }
    return ["", "## Not reached", "", "| operation | what | why |", "|---|---|---|"]
      + gaps.map { "| \($0.operation) | \(cell($0.what)) | \(cell($0.why)) |" }
  }

  private static func cell(_ text: String) -> String {
    ConsoleReporter.printable(text).replacing("|", with: "\\|").replacing("<", with: "&lt;")
  }
}
