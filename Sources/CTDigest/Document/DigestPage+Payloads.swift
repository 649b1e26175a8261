extension DigestPage {
  // MARK: CI

  var ciNotices: [Notice] {
    guard let ci = digest.ci else { return [] }
    return ci.repositories.filter { $0.failures > 0 }.map { repository in
      let count = Words.counted(repository.failures, "workflow")
      return Notice(
        .warning,
        [
          .strong(repository.repo), .text(": \(count) failed; last "),
          .link(repository.lastJob, url: repository.lastUrl), .text("."),
        ])
    }
  }

  var ci: Section {
    guard let ci = digest.ci else { return .blocks([]) }
    guard ci.failures7d.value > 0 else { return .quiet([.strong("CI"), .text(": \(noFailures(ci))")]) }
    let columns = [
      Table.Column(title: "Repository"), .init(title: "Failed (7 days)", isNumber: true), .init(title: "Latest"),
    ]
    let rows = ci.repositories.map { repository -> [Line] in
      [
        [.text(repository.repo)], Change.line(repository.failures7d, good: .down),
        [.link(repository.lastJob, url: repository.lastUrl), .text(", \(shortAge(repository.lastAt))")],
      ]
    }
    let more = Words.counted(ci.repositoriesOmitted, "more repository", "more repositories")
    let rest: [Block] = ci.repositoriesOmitted > 0 ? [.paragraph([.faint("And \(more).")])] : []
    return .blocks([.heading("CI"), .table(Table(columns: columns, rows: rows))] + rest)
  }

  /// Good news only if GitHub was heard in that time.
  private func noFailures(_ ci: CISection) -> String {
    guard let heard = ci.githubLastHeartbeat else { return "GitHub has not been heard of yet." }
    guard seconds(from: heard, to: digest.period.to) < 7 * 86_400 else {
      return "GitHub has not been heard since \(local(heard).dateAndClock)."
    }
    return "no failed workflow on a protected branch in 7 days."
  }

  // MARK: Exceptions

  var exceptionNotices: [Notice] {
    guard let exceptions = digest.exceptions else { return [] }
    return [deadLetterNotice(exceptions.deadLetters), errorNotice(exceptions), mismatchNotice(exceptions)]
      .compactMap(\.self)
  }

  private func deadLetterNotice(_ letters: ExceptionsSection.DeadLetters) -> Notice? {
    guard letters.open.value > 0 else { return nil }
    let verb = letters.open.value == 1 ? "waits" : "wait"
    var text = " \(verb) for a decision"
    if let oldest = letters.oldestAt { text += ", the oldest for \(age(oldest))" }
    if letters.overdue > 0 { text += "; \(Words.counted(letters.overdue, "review is", "reviews are")) overdue" }
    return Notice(
      letters.overdue > 0 ? .bad : .warning,
      [.strong(Words.counted(letters.open.value, "dead letter")), .text("\(text).")])
  }

  private func errorNotice(_ exceptions: ExceptionsSection) -> Notice? {
    guard exceptions.errors.value > 0 else { return nil }
    let top = exceptions.signatures.max { $0.errors < $1.errors }
    let most = top.map { $0.errors > 0 ? ", most in \($0.fnName) (\($0.severity))" : "" } ?? ""
    return Notice(
      .warning, [.strong(Words.counted(exceptions.errors.value, "function error")), .text("\(most).")])
  }

  private func mismatchNotice(_ exceptions: ExceptionsSection) -> Notice? {
    let count = exceptions.bodyMismatches.value
    guard count > 0 else { return nil }
    let text =
      count == 1
      ? " came again with another body; it was not stored." : " came again with other bodies; they were not stored."
    return Notice(.warning, [.strong(Words.counted(count, "event")), .text(text)])
  }

  var exceptions: Section {
    guard let exceptions = digest.exceptions else { return .blocks([]) }
    let letters = exceptions.deadLetters
    let figures = [letters.open, exceptions.errors7d, exceptions.bodyMismatches]
    guard figures.contains(where: { $0.value + ($0.previous ?? 0) > 0 }) else {
      return .quiet([.strong("Exceptions"), .text(": no dead letters, no function errors in 7 days.")])
    }
    var lines: [Line] = []
    if letters.open.value == 0, (letters.open.previous ?? 0) == 0 {
      lines.append([.text("No dead letters.")])
    } else {
      lines.append(
        [.text("Dead letters: ")] + Change.line(letters.open, good: .down) + [
          .text(", \(Words.number(letters.new)) new")
        ])
    }
    lines.append(
      [.text("Function errors in 7 days: ")] + Change.line(exceptions.errors7d, good: .down)
        + [.text(exceptions.errors7d.value == exceptions.errors7d.previous ?? 0 ? "" : " against the week before")])
    if exceptions.bodyMismatches.value > 0 || (exceptions.bodyMismatches.previous ?? 0) > 0 {
      lines.append([.text("Ids sent again with another body: ")] + Change.line(exceptions.bodyMismatches, good: .down))
    }
    return .blocks([.heading("Exceptions"), .list(lines)] + signatureTable(exceptions))
  }

  private func signatureTable(_ exceptions: ExceptionsSection) -> [Block] {
    guard !exceptions.signatures.isEmpty else { return [] }
    let columns = [
      Table.Column(title: "Function"), .init(title: "Severity"), .init(title: "7 days", isNumber: true),
      .init(title: "Last"),
    ]
    let rows = exceptions.signatures.map { signature -> [Line] in
      [
        [.text(signature.fnName)], [.text(signature.severity)], Change.line(signature.errors7d, good: .down),
        [.text(shortAge(signature.lastAt))],
      ]
    }
    let more = Words.counted(exceptions.signaturesOmitted, "more function")
    let rest: [Block] = exceptions.signaturesOmitted > 0 ? [.paragraph([.faint("And \(more).")])] : []
    return [.table(Table(columns: columns, rows: rows))] + rest
  }
}
