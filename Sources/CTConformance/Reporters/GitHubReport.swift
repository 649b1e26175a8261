/// Workflow commands of GitHub Actions: an annotation for each finding, at the line of its clause.
enum GitHubReport {
  static func render(_ record: RunRecord) -> String {
    let lines = (record.summary?.findings ?? []).map { entry in
      let finding = entry.finding
      let level = finding.severity == .note ? "notice" : finding.severity.rawValue
      let text = "\(finding.message). Expected: \(finding.expected). Seen: \(finding.seen)."
      return "::\(level) file=\(property(ReportFile.hosted(finding.clause.file))),line=\(finding.clause.line),"
        + "title=\(property(finding.check))::\(data(text))\n"
    }
    let failure = record.summary?.abortedBy.map { "::error title=could not run::\(data("\($0)"))\n" } ?? ""
    return lines.joined() + failure
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
