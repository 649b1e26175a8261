internal import CTJSON

/// The digest as a page, from which every rendering is made: what it says, and in which words.
///
/// The bad news comes first, then what changed, then the sections.
struct DigestPage {
  let digest: DailyDigest

  var title: String { "Control Tower, \(LocalTime.longDate(digest.date))" }

  /// One line for a subject or a list: `red: backend; 2 runs failed`.
  var subject: String {
    let parts = notices.filter { $0.tone == .bad || $0.tone == .warning }.count
    let news =
      parts == 0
      ? "nothing needs attention"
      : Words.counted(parts, "matter") + " " + (parts == 1 ? "needs" : "need") + " attention"
    return "\(digest.status.rawValue), \(news)"
  }

  var blocks: [Block] {
    let sections = [runs, alerts, ci, exceptions, finance]
    return [.title(title)] + summary + attention + changes + systems + objectives + sections.flatMap(\.blocks)
      + quiet(sections) + closing
  }

  /// What has something to tell, or one line that says that it has not.
  enum Section {
    case blocks([Block])
    case quiet(Line)

    var blocks: [Block] {
      if case .blocks(let blocks) = self { blocks } else { [] }
    }
  }

  /// So that a quiet day is a short page.
  private func quiet(_ sections: [Section]) -> [Block] {
    let lines = sections.compactMap { section -> Line? in
      if case .quiet(let line) = section { line } else { nil }
    }
    return lines.isEmpty ? [] : [.heading("Nothing new"), .list(lines)]
  }

  // MARK: The head

  private var summary: [Block] {
    let green = digest.systems.count { $0.status == .green }
    var line: Line = [
      digest.status.inline, .text(" · \(green) of \(Words.counted(digest.systems.count, "system")) green"),
    ]
    if let previous = digest.previousStatus, previous != digest.status {
      line += [.text(" · was "), previous.inline]
    }
    return [.paragraph(line), .paragraph([.faint(periodText)])] + caveats.map { .paragraph($0) }
  }

  private var periodText: String {
    "\(local(digest.period.from).dateAndClock) to \(local(digest.period.to).dateAndClock), \(digest.timeZone)"
  }

  private var caveats: [Line] {
    var lines: [Line] = []
    if digest.state == .preview {
      lines.append([.strong("Preview."), .text(" What the next digest would say now; the day is not over.")])
    } else if seconds(from: digest.period.to, to: digest.generatedAt) > Self.lateSeconds {
      lines.append([
        .strong("Made late"),
        .text(", on \(local(digest.generatedAt).dateAndClock). What is counted ends with the period;"),
        .text(" statuses and what waits are those of that time."),
      ])
    }
    return lines
  }

  /// What the period is called: a day is one with 23 or 25 hours too.
  var periodName: String { isOneDay ? "last day" : "last \(Words.counted((periodHours + 12) / 24, "day"))" }

  var isOneDay: Bool { periodHours <= 25 }

  private var periodHours: Int { (seconds(from: digest.period.from, to: digest.period.to) + 1800) / 3600 }

  /// Less is no delay that changes what is said.
  private static let lateSeconds = 900

  private var attention: [Block] {
    let notices = notices
    guard !notices.isEmpty else { return [.heading("Needs attention"), .paragraph([.text("Nothing.")])] }
    return [.heading("Needs attention"), .notices(notices)]
  }

  /// The worst first; within a tone in the order of the sections.
  private var notices: [Notice] {
    let all =
      systemNotices + objectiveNotices + runNotices + alertNotices + exceptionNotices + ciNotices + financeNotices
    return [Tone.bad, .warning, .unknown].flatMap { tone in all.filter { $0.tone == tone } }
  }

  // MARK: The foot

  private var closing: [Block] {
    var lines: [Line] = [[.text(eventsText)]]
    if let checkpoint = digest.log.checkpoint {
      lines.append([
        .text("Audit checkpoint of \(local(checkpoint.madeAt).dateAndClock): event \(checkpoint.seq), "),
        .code(String(checkpoint.chain.prefix(16))),
      ])
    } else {
      lines.append([.text("No audit checkpoint yet.")])
    }
    lines.append([.text("Made \(local(digest.generatedAt).dateAndClock).")])
    return [.heading("Log")] + [.list(lines)]
  }

  private var eventsText: String {
    let events = digest.log.events
    let count = Words.counted(events.value, "event")
    guard digest.comparedWith != nil else { return "\(count) recorded so far." }
    let before = events.previous.map { " (\(Words.number($0)) before)" } ?? ""
    return "\(count) recorded since the digest before\(before)."
  }

  // MARK: Times

  func local(_ time: Timestamp) -> LocalTime { LocalTime(time, offsetMinutes: digest.utcOffsetMinutes) }

  func seconds(from start: Timestamp, to end: Timestamp) -> Int {
    Int((end.microseconds - start.microseconds) / 1_000_000)
  }

  /// The same in short, for tables.
  func shortAge(_ time: Timestamp) -> String {
    let seconds = seconds(from: time, to: digest.generatedAt)
    return "\(Words.shortDuration(seconds: Double(max(0, seconds)).rounded(), digits: 0)) ago"
  }

  /// How long ago that was when the digest was made.
  func age(_ time: Timestamp) -> String {
    Words.duration(seconds: seconds(from: time, to: digest.generatedAt))
  }
}
