extension DigestPage {
  var runNotices: [Notice] {
    var notices: [Notice] = digest.runs.stuck.map { run in
      let sla = run.slaSeconds.map { ", where \(Words.duration(seconds: $0)) are allowed" } ?? ""
      return Notice(
        .bad,
        [
          .strong(run.trigger), .text(" is stuck: "), .code(run.runId),
          .text(" has been running for \(age(run.startedAt))\(sla)."),
        ])
    }
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

  var runs: [Block] {
    let runs = digest.runs
    guard runs.finished7d.value + runs.cancelled7d.value > 0 || !runs.stuck.isEmpty else {
      return [.heading("Runs"), .paragraph([.text("No runs in these 7 days.")])]
    }
    return [.heading("Runs"), .list(runFigures)] + failureTable
  }

  private var runFigures: [Line] {
    let runs = digest.runs
    var week: Line = [
      .text("7 days: "), .strong(successText), .text(" of \(Words.counted(runs.finished7d.value, "run")) succeeded"),
    ]
    week += Change.of(successRate, good: .up) { "\(Words.decimal($0)) pts" }
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

  private var successText: String { successRate.value.map { "\(Words.decimal($0)) %" } ?? "insufficient data:" }

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

  private var failureTable: [Block] {
    let runs = digest.runs
    guard !runs.failures.isEmpty else { return [] }
    let columns = [
      Table.Column(title: "Failed"), .init(title: "Reason"), .init(title: "Runs", isNumber: true), .init(title: "Last"),
    ]
    let rows = runs.failures.map { failure -> [Line] in
      [
        [.text(failure.trigger)], [.text(failure.reason)], [.text(Words.number(failure.count))],
        [.text("\(local(failure.lastAt).clock) "), .code(failure.lastRunId)],
      ]
    }
    let more = Words.counted(runs.failuresOmitted, "more failed run")
    let rest: [Block] = runs.failuresOmitted > 0 ? [.paragraph([.faint("And \(more) for other reasons.")])] : []
    return [.table(Table(columns: columns, rows: rows))] + rest
  }
}
