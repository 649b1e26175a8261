internal import CTGenerated
internal import CTJSON

/// `control-tower hold …` and `control-tower retention`: against a running tower.
struct HoldCommand {
  private enum Action {
    case list
    case add(HoldRequest)
    case release(String, TombstoneRequest)
  }

  private let action: Action
  private let client: ControlTowerClient

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let verb = arguments.first else { throw UsageError("hold needs one of: list, add, release") }
    let own: Set<String> =
      switch verb {
      case "add": ["--correlation", "--system", "--by", "--reason"]
      case "release": ["--by", "--reason"]
      default: []
      }
    let options = try CommandLineArguments(
      arguments.dropFirst(), options: own.union(TowerAccess.options), words: verb == "release" ? 1 : 0)
    action = try Self.action(verb, options.words.first, options)
    client = try TowerAccess(options, for: "hold").client
  }

  private static func action(
    _ verb: String, _ id: String?, _ options: CommandLineArguments
  ) throws(UsageError) -> Action {
    switch (verb, id) {
    case ("list", nil): return .list
    case ("add", nil):
      guard (options["--correlation"] == nil) != (options["--system"] == nil) else {
        throw UsageError("hold add needs --correlation ID or --system NAME, one of them")
      }
      let system = try options["--system"].map { text throws(UsageError) in
        guard let source = Source(rawValue: text) else {
          throw UsageError("--system is one of: \(Source.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return source
      }
      let (by, reason) = try decision(verb, options)
      return .add(HoldRequest(correlationId: options["--correlation"], system: system, by: by, reason: reason))
    case ("release", let id?):
      let (by, reason) = try decision(verb, options)
      return .release(id, TombstoneRequest(by: by, reason: reason))
    case ("release", nil): throw UsageError("hold release needs an ID; hold list shows them")
    default: throw UsageError("there is no command 'hold \(verb)'; there are list, add, release")
    }
  }

  private static func decision(_ verb: String, _ options: CommandLineArguments) throws(UsageError) -> (String, String) {
    guard let by = options["--by"], let reason = options["--reason"] else {
      throw UsageError("hold \(verb) needs --by NAME and --reason TEXT")
    }
    return (by, reason)
  }

  func run() async throws -> Int32 {
    switch action {
    case .list:
      let holds = try await client.listHolds().holds
      if holds.isEmpty { TowerCommand.complain("There are no holds.") }
      for hold in holds { Self.show(hold) }
    case .add(let request): Self.show(try await client.placeHold(body: request).hold)
    case .release(let id, let request): Self.show(try await client.releaseHold(body: request, holdId: id).hold)
    }
    return 0
  }

  private static func show(_ hold: Hold) {
    let what = hold.system.map { "system \($0.rawValue)" } ?? "correlation \(hold.correlationId ?? "")"
    let state = hold.release.map { "released \($0.at) by \($0.by): \($0.reason)" } ?? "active"
    print("\(hold.id)  \(what)  \(hold.placedAt)  \(hold.by): \(hold.reason)  \(state)")
  }
}

/// `control-tower retention --dry-run`
struct RetentionCommand {
  private let client: ControlTowerClient

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: TowerAccess.options, flags: ["--dry-run"])
    guard options.flags.contains("--dry-run") else {
      throw UsageError("retention runs by itself once a day; --dry-run says what would go now")
    }
    client = try TowerAccess(options, for: "retention").client
  }

  func run() async throws -> Int32 {
    for part in try await client.getRetention().plan.collections {
      let held = part.held > 0 ? "; \(part.held) more are kept by holds" : ""
      print(
        "\(part.name): \(part.expired) from before \(part.removedBefore) would go (kept for \(part.days) days)\(held)")
    }
    return 0
  }
}

extension ListHolds.Output {
  var holds: [Hold] {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension PlaceHold.Output {
  var hold: Hold {
    get throws(RefusedError) {
      switch self {
      case .created(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .conflict(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .unsupportedMediaType(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension ReleaseHold.Output {
  var hold: Hold {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .requestTimeout(let answer): throw RefusedError(answer.body)
      case .lengthRequired(let answer): throw RefusedError(answer.body)
      case .contentTooLarge(let answer): throw RefusedError(answer.body)
      case .unsupportedMediaType(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}

extension GetRetention.Output {
  var plan: RetentionPlan {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer): return answer.body
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}
