extension DigestPage {
  var runNotices: [Notice] {
    let place = 5
    var notices: [Notice] = digest.runs.stuck.prefix(place).map { run in
      let sla = run.slaSeconds.map { ", where \(Words.duration(seconds: $0)) are allowed" } ?? ""
      return Notice(
        .bad,
        [
          .strong(run.trigger), .text(" is stuck: "), .code(run.runId),
          .text(" has been running for \(age(run.startedAt))\(sla)."),
        ])
    }
    let more = digest.runs.stuck.count + digest.runs.stuckOmitted - place
    if more > 0 { notices.append(Notice(.bad, [.strong(Words.counted(more, "more run")), .text(" stuck.")])) }
    let failed = digest.runs.failed
    if failed.value > 0 {
      let share = " of \(Words.counted(digest.runs.finished.value, "run")) failed"
      notices.append(
        Notice(
          .warning, [.strong("\(Words.number(failed.value))\(share)"), .text(reasons.isEmpty ? "." : ": \(reasons).")]))
    }
    return notices
  }

  /// The two most frequent ones.
  private var reasons: String {
    digest.runs.failures.prefix(2).map { "\($0.trigger), \($0.reason)" }.joined(separator: "; ")
  }

  var runs: Section {
    let runs = digest.runs
    guard runs.finished7d.value + runs.cancelled7d.value > 0 || !runs.stuck.isEmpty else {
      return .quiet([.strong("Runs"), .text(": none in 7 days.")])
    }
    return .blocks([.heading("Runs"), .list(runFigures + failures)])
  }

  private var runFigures: [Line] {
    let runs = digest.runs
    var week: Line = [
      .text("7 days: "), .strong(successText), .text(" of \(Words.counted(runs.finished7d.value, "run")) succeeded"),
    ]
    week += Change.of(successRate, good: .up) { "\(Words.decimal($0))\(Words.joint)pts" }
    if runs.cancelled7d.value > 0 {
      week.append(.text("; \(Words.number(runs.cancelled7d.value)) more cancelled"))
    }
    let day: Line =
      [.text("\(periodName.capitalizedFirst): "), .text(Words.counted(runs.finished.value, "run"))]
      + Change.of(runs.finished, good: .neither) + [.text(", \(Words.number(runs.failed.value)) failed")]
      + Change.of(runs.failed, good: .down)
    var stuck: [Line] = []
    let count = runs.stuck.count + runs.stuckOmitted
    if count > 0 { stuck = [[.text("\(Words.counted(count, "run is", "runs are")) stuck")]] }
    return [week, day] + stuck
  }

  private var successText: String {
    successRate.value.map { "\(Words.decimal($0))\(Words.joint)%" } ?? "insufficient data:"
  }

  private var successRate: Measure {
    let runs = digest.runs
    func rate(_ finished: Int?, _ failed: Int?) -> Double? {
      guard let finished, let failed, finished > 0 else { return nil }
      return 100 * Double(finished - failed) / Double(finished)
    }
    return Measure(
      rate(runs.finished7d.value, runs.failed7d.value), previous: rate(runs.finished7d.previous, runs.failed7d.previous)
    )
  }

  /// The failures of the period by their reasons.
  private var failures: [Line] {
    let runs = digest.runs
    var lines = runs.failures.map { failure -> Line in
      let last = isOneDay ? local(failure.lastAt).clock : local(failure.lastAt).dateAndClock
      let count = failure.count == 1 ? "" : "\(Words.counted(failure.count, "run")), the last "
      return [
        .strong(failure.trigger), .text(" failed: \(failure.reason); \(count)at \(last), "), .code(failure.lastRunId),
      ]
    }
    if runs.failuresOmitted > 0 {
      lines.append([.text("\(Words.counted(runs.failuresOmitted, "more run")) failed for other reasons.")])
    }
    return lines
  }
}
