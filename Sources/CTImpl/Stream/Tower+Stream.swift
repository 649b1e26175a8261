package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTStore
internal import Synchronization

extension Tower {
  private static let maximumStreams = 256

  /// The live tail, as server-sent events.
  package func streamEvents(_ input: StreamEvents.Input) async throws -> StreamEvents.Output {
    try admitReader()
    let head = store.health.acknowledgedSeq
    let start = try input.lastEventID.map { try Self.place($0, head: head) } ?? head
    let tail = EventTail(
      store: store, source: input.source?.rawValue, type: input.type?.rawValue,
      audience: .role(input.caller.role), heartbeat: streamHeartbeat)
    return .ok(
      .init(
        body: ResponseStream { [self] writer in
          streams.add(1, ordering: .relaxed)
          defer { streams.subtract(1, ordering: .relaxed) }
          try await tail.run(after: start) { try await writer.write($0) }
        }))
  }

  /// - Throws: a 503 when as many readers as may are there.
  func admitReader() throws(ProblemDetails) {
    guard streams.load(ordering: .relaxed) < Self.maximumStreams else {
      throw ProblemDetails(.serviceUnavailable, "Too many readers follow a log.", retryAfter: 30)
    }
  }

  private static func place(_ text: String, head: Int64) throws -> Int64 {
    if let seq = Int64(text), seq <= head { return seq }
    throw ProblemDetails(
      .badRequest, "A parameter is not what the specification says.",
      violations: [
        .init(
          pointer: "/header/Last-Event-ID", keyword: "maximum", detail: "the log has not reached this place yet")
      ])
  }
}
