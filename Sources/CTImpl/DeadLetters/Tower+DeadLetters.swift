package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTStore

extension Tower {
  private var shelf: DeadLetterShelf { DeadLetterShelf(store: store) }
  private var desk: DeadLetterDesk { DeadLetterDesk(store: store, clock: clock) }

  package func listDeadLetters(_ input: ListDeadLetters.Input) async throws -> ListDeadLetters.Output {
    let filter = DeadLetterFilter(kind: input.kind, state: input.state.flatMap { .init(rawValue: $0.rawValue) })
    let (letters, next) = try await shelf.page(filter, before: input.cursor, limit: input.limit)
    let link = next.map { next in
      var query: [String] = []
      if let kind = input.kind { query.append("kind=\(PercentEncoding.encode(kind.utf8))") }
      if let state = input.state { query.append("state=\(state.rawValue)") }
      query += ["limit=\(input.limit)", "cursor=\(next)"]
      return "</dlq?\(query.joined(separator: "&"))>; rel=\"next\""
    }
    return .ok(.init(link: link, body: letters.map { CTGenerated.DeadLetter($0) }))
  }

  package func getDeadLetter(_ input: GetDeadLetter.Input) async throws -> GetDeadLetter.Output {
    .ok(.init(body: CTGenerated.DeadLetter(try await shelf.find(input.id).letter)))
  }

  package func replayDeadLetter(_ input: ReplayDeadLetter.Input) async throws -> ReplayDeadLetter.Output {
    .ok(.init(body: CTGenerated.DeadLetter(try await desk.replay(input.id, token: input.caller.name))))
  }

  package func tombstoneDeadLetter(_ input: TombstoneDeadLetter.Input) async throws -> TombstoneDeadLetter.Output {
    let letter = try await desk.tombstone(
      input.id, by: redactor.recordedText(input.body.by), reason: redactor.recordedText(input.body.reason),
      token: input.caller.name)
    return .ok(.init(body: CTGenerated.DeadLetter(letter)))
  }

  private static let replayLimit = 1000
  private static let countLimit = 10_000

  package func replayDeadLetters(_ input: ReplayDeadLetters.Input) async throws -> ReplayDeadLetters.Output {
    let filter = DeadLetterFilter(kind: input.body.kind, state: .open, before: input.body.before)
    let letters = try await shelf.page(filter, before: nil, limit: Self.countLimit).letters
    var report = ReplayReport(dryRun: input.body.dryRun, matching: letters.count, replayed: 0, failed: 0)
    guard !input.body.dryRun else { return .ok(.init(body: report)) }
    for letter in letters.reversed().prefix(Self.replayLimit) {
      do {
        _ = try await desk.replay(letter.id, token: input.caller.name)
        report.replayed += 1
      } catch let problem as ProblemDetails where problem.status == .conflict {
        report.failed += 1
      }
    }
    return .ok(.init(body: report))
  }
}

extension CTGenerated.DeadLetter {
  /// The letter as the spec shows it.
  init(_ letter: CTStore.DeadLetter) {
    let state = DeadLetterState(rawValue: letter.state.rawValue) ?? .open
    self.init(
      id: letter.id, kind: letter.kind, state: state, eventId: letter.eventId,
      payload: RawJSON(checked: letter.payload), error: letter.error, attempts: letter.attempts,
      firstFailedAt: letter.firstFailedAt, deadAt: letter.deadAt, nextReview: letter.nextReview,
      resolution: letter.resolution.map { resolution in
        DeadLetterResolution(
          token: resolution.token, by: resolution.by, at: resolution.at, reason: resolution.reason,
          eventId: resolution.eventId, jobId: resolution.jobId)
      })
  }
}
