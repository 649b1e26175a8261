import CTJSON

/// What a command gets when its transaction is on disk.
enum Answer {
  case append(AppendOutcome, Command.Reply<AppendOutcome>)
  case commit([AppendOutcome], Command.Reply<[AppendOutcome]>)
  /// The command was refused by itself; the others in its transaction were not.
  case refuse(StoreError, Command)

  func deliver() {
    switch self {
    case .append(let outcome, let reply): reply.resume(returning: .success(outcome))
    case .commit(let outcomes, let reply): reply.resume(returning: .success(outcomes))
    case .refuse(let error, let command): command.fail(error)
    }
  }

  /// Events whose id was known with another body.
  var bodyMismatches: Int {
    switch self {
    case .append(let outcome, _): outcome.isBodyMismatch ? 1 : 0
    case .commit(let outcomes, _): outcomes.count(where: \.isBodyMismatch)
    case .refuse: 0
    }
  }

  func count(in health: inout StoreHealth) {
    switch self {
    case .append(let outcome, _): outcome.count(in: &health)
    case .commit(let outcomes, _): for outcome in outcomes { outcome.count(in: &health) }
    case .refuse: break
    }
  }
}

extension AppendOutcome {
  fileprivate var isBodyMismatch: Bool {
    if case .duplicate(bodyMatches: false, _) = self { true } else { false }
  }

  fileprivate func count(in health: inout StoreHealth) {
    switch self {
    case .accepted: health.accepted += 1
    case .duplicate(bodyMatches: true, _): health.duplicates += 1
    case .duplicate(bodyMatches: false, _): health.conflictingDuplicates += 1
    }
  }
}

/// One transaction over many commands: all of them are on disk when ``run(_:)`` returns, none when it throws.
struct Transaction {
  private let session: WriterSession

  init(_ session: WriterSession) { self.session = session }

  func run(_ commands: ArraySlice<Command>) throws(StoreError) -> [Answer] {
    if !commands.contains(where: \.isShared) { return [] }
    let mark = session.log.mark
    do {
      return try session.connection.transaction { () throws(StoreError) in
        var answers: [Answer] = []
        answers.reserveCapacity(commands.count)
        for command in commands {
          if let answer = try apply(command) { answers.append(answer) }
        }
        try BodyMismatches.add(answers.reduce(0) { $0 + $1.bodyMismatches }, to: session.documents)
        return answers
      }
    } catch {
      session.log.restore(mark)
      throw error
    }
  }

  private func apply(_ command: Command) throws(StoreError) -> Answer? {
    do {
      switch command {
      case .append(let event, let reply): return .append(try session.log.append(event), reply)
      case .commit(let writes, let reply): return .commit(try apply(writes), reply)
      case .project, .perform: return nil
      }
    } catch {
      switch error.code {
      case .preconditionFailed, .invalidArgument: return .refuse(error, command)
      default: throw error
      }
    }
  }

  /// A batch within the transaction, undone by itself when a precondition does not hold.
  private func apply(_ writes: [Write]) throws(StoreError) -> [AppendOutcome] {
    let mark = session.log.mark
    try session.connection.run("SAVEPOINT batch")
    do {
      var outcomes: [AppendOutcome] = []
      for write in writes {
        if let outcome = try apply(write) { outcomes.append(outcome) }
      }
      try session.connection.run("RELEASE batch")
      return outcomes
    } catch {
      session.log.restore(mark)
      try session.connection.run("ROLLBACK TO batch")
      try session.connection.run("RELEASE batch")
      throw error
    }
  }

  private func apply(_ write: Write) throws(StoreError) -> AppendOutcome? {
    switch write {
    case .append(let event): return try session.log.append(event)
    case .put(let key, let body, let precondition):
      try session.documents.put(key, body: body, if: precondition, at: Clock.now)
    case .delete(let key, let precondition): try session.documents.delete(key, if: precondition)
    }
    return nil
  }
}
