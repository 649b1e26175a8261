internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Glibc

/// `ctconform taxonomy`
struct TaxonomyCommand {
  private static let tokens = ["maintainer"]
  private static let options =
    RunOptions.options(tokens: tokens) + [
      .init("--since", "SPAN", "7d, 12h or 2w back, or an instant (RFC 3339); 7d unless given"),
      .init("--events", "NUMBER", "how many events are read at most; 500000 unless given"),
      .init("--format", "FORMAT", "markdown (unless said otherwise) or json"),
      .init("--own-events", nil, "count also what ctconform itself has sent"),
      .init("--strict", nil, "undeclared fields and types that were not seen are findings too"),
    ]

  static let help = """
    ctconform taxonomy: the weekly review of the taxonomy. It only reads.

    usage: ctconform taxonomy --url URL --token-maintainer TOKEN [--since 7d] [OPTION...]

    \(Arguments.help(options))

    It tells which types were seen that are not in the taxonomy, which of the taxonomy were not seen, which members of
    payloads nobody has declared, and how many events there were of each type, now and in the span before.

    Exit status: 0 all that was seen is in the taxonomy, 1 not all, 2 it could not be read.
    """

  let surroundings: Surroundings

  func run(_ typed: ArraySlice<String>) async throws(CannotRun) -> Int32 {
    let arguments = try Arguments(typed, options: Self.options, environment: surroundings.environment)
    let format = arguments["--format"] ?? "markdown"
    guard ["markdown", "json"].contains(format) else { throw .usage("--format takes markdown or json") }
    let now = Self.now
    let from = try Self.start(arguments["--since"] ?? "7d", now)
    let most = arguments["--events"].map { Int($0) } ?? 500_000
    guard let most, most > 0 else { throw .usage("--events takes a number") }
    let options = try RunOptions(arguments, tokens: Self.tokens, surroundings)
    let missing = options.credentials.missing(.init(tokens: Self.tokens))
    guard missing.isEmpty else { throw .missing("the review needs \(missing.joined(separator: ", "))") }
    let review = try await read(options, from, now, most, countsOwn: arguments.has("--own-events"))
    let report = TaxonomyReviewReport(review: review, url: options.deployment.text)
    surroundings.output.write(format == "json" ? report.json : report.markdown)
    return review.exitCode(isStrict: arguments.has("--strict"))
  }

  private func read(
    _ options: RunOptions, _ from: Timestamp, _ to: Timestamp, _ most: Int, countsOwn: Bool
  ) async throws(CannotRun) -> TaxonomyReview {
    let maker = EventMaker(spec: options.spec, runID: options.runID)
    guard let schema = maker.schema, !maker.types.isEmpty else {
      throw .spec("POST /events takes no types that a discriminator selects")
    }
    try await options.deployment.reach()
    let (_, continuation) = AsyncStream.makeStream(of: RunEvent.self, bufferingPolicy: .bufferingNewest(0))
    let session = RunSession(
      deployment: options.deployment, spec: options.spec, credentials: options.credentials, runID: options.runID,
      settings: options.settings, events: continuation)
    let context = CheckContext(session.describe(StoredEvents.sampled), session)
    let taxonomy = StoredTaxonomy(spec: options.spec, schema: schema)
    let before = Timestamp(microseconds: 2 * from.microseconds - to.microseconds)
    let size = options.spec.largestPage
    let listing = EventListing(
      context: context, token: "maintainer",
      query: "from=\(PercentEncoding.encode(before.utf8))&to=\(PercentEncoding.encode(to.utf8))&limit=\(size)",
      maximumPages: most / size + 1)
    var review = TaxonomyReview(from: from, to: to, known: maker.types, countsOwn: countsOwn)
    let isComplete = try await listing.walk { _, events in
      for event in events { review.add(event, taxonomy) }
      review.isCut = review.count + review.ownCount >= most
      return !review.isCut
    }
    guard isComplete else {
      throw .unreachable("\(options.deployment.text): the events cannot be read: \(context.sight ?? "no response")")
    }
    return review
  }

  /// The end of this second: what happened in it is looked at too.
  private static var now: Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microseconds: Int64(now.tv_sec + 1) * 1_000_000)
  }

  static func start(_ text: String, _ now: Timestamp) throws(CannotRun) -> Timestamp {
    if let instant = Timestamp(text), instant < now { return instant }
    let units: [Character: Int64] = ["h": 3600, "d": 86_400, "w": 604_800]
    guard let unit = text.last.flatMap({ units[$0] }), let number = Int64(text.dropLast()), 1...5000 ~= number else {
      throw .usage("--since takes a span such as 7d, 12h or 2w, or an instant in the past")
    }
    return Timestamp(microseconds: now.microseconds - number * unit * 1_000_000)
  }
}
