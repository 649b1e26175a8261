/// `file:line:column: severity: message [rule-id; clause]`, other places of a finding below it as notes.
enum TextReporter {
  static func render(_ report: Report) -> [UInt8] {
    var lines: [String] = []
    for finding in report.findings {
      let found = finding.diagnostic
      let rule = Clauses.of(found.id).map { "\(found.id); \($0)" } ?? found.id
      lines.append("\(found.location): \(found.severity.rawValue): \(finding.text) [\(rule)]")
      lines += finding.related.map { "\($0.location): note: \($0.message)" }
    }
    if let summary = report.summary { lines.append(summary) }
    return lines.flatMap { Array(oneLine($0).utf8) + [UInt8(ascii: "\n")] }
  }

  /// File names may hold anything; a line stays a line, and a terminal is not commanded.
  private static func oneLine(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return line }
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      text.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(text)
  }
}
