/// Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`
/// (docs.github.com, "Workflow commands for GitHub Actions").
enum GitHubReporter {
  static func render(_ report: Report) -> [UInt8] {
    let lines = report.findings.map(line) + (report.summary.map { [data($0)] } ?? [])
    return lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
  }

  private static func line(_ finding: Finding) -> String {
    let found = finding.diagnostic
    let command = found.severity == .note ? "notice" : found.severity.rawValue
    let place = "file=\(property(found.location.file)),line=\(found.location.line),col=\(found.location.column)"
    let related = finding.related.map { "\n\($0.location): \($0.message)" }.joined()
    return "::\(command) \(place),title=\(property(found.id))::\(data(finding.text + related))"
  }

  /// The runner decodes these three in messages, and two more in properties (actions/toolkit, `command.ts`).
  private static func data(_ text: String) -> String { escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A"]) }

  private static func property(_ text: String) -> String {
    escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  /// Scalar by scalar: a carriage return before a line break is one `Character`.
  private static func escape(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if let replacement = table[scalar] { escaped += replacement } else { escaped.unicodeScalars.append(scalar) }
    }
    return escaped
  }
}
