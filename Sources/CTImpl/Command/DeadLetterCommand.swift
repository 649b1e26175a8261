internal import CTGenerated
internal import CTJSON
internal import CTRuntime

/// `control-tower dlq …`: what a maintainer does about dead letters, against a running tower.
struct DeadLetterCommand {
  private enum Action {
    case list(kind: String?, state: DeadLetterState?)
    case show(String)
    case replay(String)
    case replayAll(kind: String?, before: Timestamp?, isDryRun: Bool)
    case tombstone(String, by: String, reason: String)
  }

  private let action: Action
  private let client: ControlTowerClient

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let verb = arguments.first else {
      throw UsageError("dlq needs one of: list, show, replay, tombstone")
    }
    var rest = arguments.dropFirst()
    var id: String?
    if let word = rest.first, !word.hasPrefix("-") { id = rest.removeFirst() }
    let options = try CommandLineArguments(rest, options: Self.options(of: verb), flags: Self.flags(of: verb))
    action = try Self.action(verb, id, options)
    client = try TowerAccess(options, for: "dlq").client
  }

  // MARK: What was typed

  private static func options(of verb: String) -> Set<String> {
    let own: Set<String> =
      switch verb {
      case "list": ["--kind", "--state"]
      case "replay": ["--kind", "--before"]
      case "tombstone": ["--by", "--reason"]
      default: []
      }
    return own.union(TowerAccess.options)
  }

  private static func flags(of verb: String) -> Set<String> { verb == "replay" ? ["--all", "--dry-run"] : [] }

  private static func action(
    _ verb: String, _ id: String?, _ options: CommandLineArguments
  ) throws(UsageError) -> Action {
    switch (verb, id) {
    case ("list", nil):
      let state = try options["--state"].map { text throws(UsageError) in
        guard let state = DeadLetterState(rawValue: text) else {
          let all = DeadLetterState.allCases.map(\.rawValue).joined(separator: ", ")
          throw UsageError("--state is one of: \(all)")
        }
        return state
      }
      return .list(kind: options["--kind"], state: state)
    case ("show", let id?): return .show(id)
    case ("replay", let id?):
      guard options.flags.isEmpty, options["--kind"] == nil, options["--before"] == nil else {
        throw UsageError("dlq replay takes an ID, or --all with a filter, not both")
      }
      return .replay(id)
    case ("replay", nil):
      guard options.flags.contains("--all") else { throw UsageError("dlq replay needs an ID, or --all") }
      let before = try options["--before"].map { text throws(UsageError) in
        guard let time = Timestamp(text) else { throw UsageError("--before is a time such as 2025-09-27T12:00:00Z") }
        return time
      }
      return .replayAll(kind: options["--kind"], before: before, isDryRun: options.flags.contains("--dry-run"))
    case ("tombstone", let id?):
      guard let by = options["--by"], let reason = options["--reason"] else {
        throw UsageError("dlq tombstone needs --by NAME and --reason TEXT")
      }
      return .tombstone(id, by: by, reason: reason)
    case ("list", _?): throw UsageError("dlq list takes no ID; dlq show does")
    case ("show", nil), ("tombstone", nil): throw UsageError("dlq \(verb) needs an ID")
    default: throw UsageError("there is no command 'dlq \(verb)'; there are list, show, replay, tombstone")
    }
  }

  // MARK: What is done

  func run() async throws -> Int32 {
    switch action {
    case .list(let kind, let state): try await list(kind, state)
    case .show(let id): try show(await client.getDeadLetter(id: id).letter)
    case .replay(let id): try show(await client.replayDeadLetter(id: id).letter)
    case .tombstone(let id, let by, let reason):
      try show(await client.tombstoneDeadLetter(body: TombstoneRequest(by: by, reason: reason), id: id).letter)
    case .replayAll(let kind, let before, let isDryRun):
      try await replayAll(ReplayRequest(kind: kind, before: before, dryRun: isDryRun))
    }
    return 0
  }

  private func list(_ kind: String?, _ state: DeadLetterState?) async throws {
    var cursor: String?
    repeat {
      let page = try await client.listDeadLetters(kind: kind, state: state, limit: 500, cursor: cursor).page
      for letter in page.body {
        print("\(letter.id)  \(letter.state.rawValue)  \(letter.deadAt)  \(letter.kind)  \(letter.error)")
      }
      cursor = page.link.flatMap(Self.cursor)
    } while cursor != nil
  }

  /// The cursor in `</dlq?…cursor=ID>; rel="next"`.
  static func cursor(in link: String) -> String? {
    guard let start = link.firstRange(of: "cursor=")?.upperBound else { return nil }
    return String(link[start...].prefix { $0 != "&" && $0 != ">" })
  }

  private func show(_ letter: DeadLetter) throws {
    let value = try JSONValue(parsing: letter.json())
    print(String(decoding: JSONWriter.write(value, .pretty), as: UTF8.self), terminator: "")
  }

  private func replayAll(_ request: ReplayRequest) async throws {
    let report = try await client.replayDeadLetters(body: request).report
    if report.dryRun {
      print("\(report.matching) dead letters would be replayed.")
    } else {
      print("\(report.replayed) of \(report.matching) dead letters were replayed; \(report.failed) could not be.")
    }
  }
}
