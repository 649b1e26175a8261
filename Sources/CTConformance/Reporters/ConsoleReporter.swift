/// A run as people like to read it: a line for each check, what was expected and seen, and for each finding the clause
/// and the commands that show it.
package struct ConsoleReporter: Reporter {
  private let output: TextOutput
  private let style: Style
  /// What was expected and seen is shown for checks that passed too.
  private let isDetailed: Bool
  /// On a terminal, a line at the bottom tells what is under way.
  private let isLive: Bool
  private var current: (title: String, requests: Int)?
  /// Of the check that is under way, by cause.
  private var findings: [(finding: Finding, isNew: Bool, count: Int)] = []
  /// How many of each rule have been shown. Where nothing is as it should be, each further place says the same.
  private var shown: [String: Int] = [:]
  private static let mostOfRule = 30

  package init(_ output: TextOutput, style: Style, isDetailed: Bool, isLive: Bool = false) {
    self.output = output
    self.style = style
    self.isDetailed = isDetailed
    self.isLive = isLive
  }

  package mutating func receive(_ event: RunEvent) {
    switch event {
    case .runStarted(let run): start(run)
    case .checkStarted(let check): begin(check)
    case .exchanged: progress()
    case .notReached: break
    case .found(let finding, let isNew): add(finding, isNew)
    case .checkFinished(let result):
      clear()
      finish(result)
    case .runFinished(let summary): finish(summary)
    }
  }

  private mutating func begin(_ check: CheckDescription) {
    findings = []
    current = (check.title, 0)
    draw()
  }

  private mutating func progress() {
    current?.requests += 1
    if let current, current.requests % 20 == 0 { draw() }
  }

  /// Control Sequences (ECMA-48): carriage return, erase in line.
  private func draw() {
    guard isLive, let current else { return }
    output.write("\r\u{1b}[K  \(style.faint("…     \(current.title)  \(current.requests) requests"))")
  }

  private mutating func clear() {
    current = nil
    if isLive { output.write("\r\u{1b}[K") }
  }

  private mutating func add(_ finding: Finding, _ isNew: Bool) {
    if let place = findings.firstIndex(where: { $0.finding.cause == finding.cause }) {
      findings[place].count += 1
    } else {
      findings.append((finding, isNew, 1))
    }
  }

  private func line(_ text: String = "") { output.write(text + "\n") }

  private func start(_ run: RunDescription) {
    line(style.strong("\(run.url)") + " against \(run.specFile) (\(run.specTitle) \(run.specVersion))")
    line(style.faint("run \(run.runID): the ids of what it sends begin with \(run.idPrefix)_"))
    line()
  }

  private mutating func finish(_ result: CheckResult) {
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
      var hidden: [String: Int] = [:]
      for (finding, isNew, count) in findings {
        if shown[finding.check, default: 0] >= Self.mostOfRule {
          hidden[finding.check, default: 0] += 1
        } else {
          shown[finding.check, default: 0] += 1
          show(finding, isNew, count)
        }
      }
      for (rule, count) in hidden.sorted(by: { $0.key < $1.key }) {
        line()
        line("        and \(count) more findings of [\(rule)]; --report json=FILE has them all")
      }
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

  private func show(_ finding: Finding, _ isNew: Bool, _ count: Int) {
    let times = count > 1 ? ", \(count) times" : ""
    let rule = style.faint("[\(finding.check)]\(times)")
    line()
    line("        \(style.bad(finding.severity.rawValue)): \(finding.message)  \(rule)")
    line("        clause    \(finding.clause.place)  \(style.faint(finding.clause.text))")
    guard isNew else {
      line("        \(style.faint("shown above"))")
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
    if summary.throttled > 0 { parts.append("\(summary.throttled) times slowed down by 429") }
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
