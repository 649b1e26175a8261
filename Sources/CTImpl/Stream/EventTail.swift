internal import CTGenerated
internal import CTJSON
internal import CTRuntime
internal import CTStore

/// Follows the log for one reader, in pages: what the reader has not taken yet stays in the log.
struct EventTail {
  let store: any Store
  let source: String?
  let type: String?
  let audience: Audience
  /// How long nothing may be said.
  let heartbeat: Duration

  private static let pageCount = 200

  /// Writes what comes after `start` until the task is cancelled, or the reader is gone; throws when the store closes.
  func run(after start: Int64, _ write: ([UInt8]) async throws -> Void) async throws {
    var seq = start
    // The head of the response is sent with the first piece; nobody should wait for that.
    try await write(Self.comment("begin", seq: seq))
    while true {
      try Task.checkCancellation()
      let page = try await store.tail(after: seq, limit: Self.pageCount)
      if let last = page.last {
        let messages = try page.filter(matches).flatMap(message)
        seq = last.seq
        if !messages.isEmpty { try await write(messages) }
      } else if await isQuiet(after: seq) {
        try await write(Self.comment("nothing new", seq: seq))
      }
    }
  }

  /// Waits for further events; `true` when none came for as long as nothing may be said.
  private func isQuiet(after seq: Int64) async -> Bool {
    await withTaskGroup { group in
      group.addTask {
        await store.appended(after: seq)
        return false
      }
      group.addTask { (try? await Task.sleep(for: heartbeat)) != nil }
      defer { group.cancelAll() }
      return await group.next() ?? true
    }
  }

  private func matches(_ event: CTStore.StoredEvent) -> Bool {
    (source ?? event.record.source) == event.record.source && (type ?? event.record.type) == event.record.type
  }

  private func message(_ event: CTStore.StoredEvent) throws -> [UInt8] {
    var bytes = Array("id: \(event.seq)\nevent: \(event.record.type)\ndata: ".utf8)
    // A payload is kept as it was sent: between its tokens there may be line breaks, which would end the field.
    for byte in try CTGenerated.StoredEvent(event).json(for: audience) {
      bytes.append(byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? UInt8(ascii: " ") : byte)
    }
    return bytes + Array("\n\n".utf8)
  }

  /// A comment, and an id without data: it moves `Last-Event-ID` on and is no message.
  private static func comment(_ text: String, seq: Int64) -> [UInt8] { Array(": \(text)\nid: \(seq)\n\n".utf8) }
}
