/// A run as people like to read it: a line for each check, what was expected and seen, and for each finding the clause
/// and the commands that show it.
package struct ConsoleReporter: Reporter {
  private let output: TextOutput
  private let style: Style
  /// What was expected and seen is shown for checks that passed too.
  private let isDetailed: Bool
  private var findings: [(finding: Finding, isNew: Bool)] = []

  package init(_ output: TextOutput, style: Style, isDetailed: Bool) {
    self.output = output
    self.style = style
    self.isDetailed = isDetailed
  }

  package mutating func receive(_ event: RunEvent) {
    switch event {
    case .runStarted(let run): start(run)
    case .checkStarted: findings = []
    case .exchanged: break
    case .found(let finding, let isNew): findings.append((finding, isNew))
    case .checkFinished(let result): finish(result)
    case .runFinished(let summary): finish(summary)
    }
  }

  private func line(_ text: String = "") { output.write(text + "\n") }

  private func start(_ run: RunDescription) {
    line(style.strong("\(run.url)") + " against \(run.specFile) (\(run.specTitle) \(run.specVersion))")
    line(style.faint("run \(run.runID): the ids of what it sends begin with \(run.idPrefix)_"))
    line()
  }

  private func finish(_ result: CheckResult) {
    let title = result.check.title
    switch result.outcome {
    case .passed:
      line("  \(style.good("ok  "))  \(title)\(time(result))")
      if isDetailed { compare(result.check.expectation, result.seen) }
    case .skipped(let reason):
      line("  \(style.doubtful("skip"))  \(title): \(reason)")
    case .failed:
      line("  \(style.bad("FAIL"))  \(title)\(time(result))")
      if isDetailed { compare(result.check.expectation, result.seen) }
      for (finding, isNew) in findings { show(finding, isNew) }
    }
  }

  private func time(_ result: CheckResult) -> String {
    let cases = result.cases > 1 ? "\(result.cases) requests, " : ""
    return style.faint("  (\(cases)\(Self.text(milliseconds: result.milliseconds)))")
  }

  private func compare(_ expected: String, _ seen: String?) {
    line("        expected  \(expected)")
    if let seen { line("        seen      \(Self.printable(seen))") }
  }

  private func show(_ finding: Finding, _ isNew: Bool) {
    line()
    line("        \(style.bad(finding.severity.rawValue)): \(finding.message)  \(style.faint("[\(finding.check)]"))")
    line("        clause    \(finding.clause.place)  \(style.faint(finding.clause.text))")
    guard isNew else {
      line("        \(style.faint("shown before"))")
      return
    }
    compare(finding.expected, finding.seen)
    line("        try")
    for command in finding.reproduction.split(separator: "\n") { line("          \(command)") }
    line()
  }

  private func finish(_ summary: RunSummary) {
    line()
    if let reason = summary.abortedBy { line(style.bad("could not run: \(reason)")) }
    var parts = ["\(summary.passed) passed", "\(summary.failed) failed"]
    let skipped = summary.skipped.reduce(0) { $0 + $1.count }
    if skipped > 0 {
      let kinds = summary.skipped.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
      parts.append("\(skipped) skipped (\(kinds))")
    }
    let count = summary.findings.count
    let verdict = summary.exitCode == 0 ? style.good("conforms") : style.bad(Self.verdict(summary))
    line(
      "\(verdict): \(parts.joined(separator: ", ")); \(count) finding\(count == 1 ? "" : "s"), "
        + "\(summary.cases) requests, \(Self.text(milliseconds: summary.milliseconds))")
  }

  private static func verdict(_ summary: RunSummary) -> String {
    summary.exitCode == 2 ? "no verdict" : "does not conform"
  }

  static func text(milliseconds: Double) -> String {
    if milliseconds >= 10_000 { return "\(Int(milliseconds / 1000)) s" }
    let tenths = Int((milliseconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  /// What a deployment sent cannot move the cursor or change colours.
  static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || 0x7f...0x9f ~= $0.value ? "?" : $0 }))
  }
}
