package import CTCrypto
internal import CTJSON
package import CTStore

/// An event as one line of JSON in an export: everything that the audit chain covers, so that the chain can be computed
/// from an export alone, and the event can be put back as it was.
///
///     {"seq":1,"eventId":"…","type":"…","ts":"…","source":"…","correlationId":"…","payload":{…},
///      "receivedAt":"…","signal":"activity","bodyDigest":"…","corrects":"…","redactions":"[…]","hash":"…"}
///
/// `payload` stands there byte for byte. Only where it has line breaks between its tokens, these are spaces, and
/// `payloadText` has the text as it was.
package enum EventLine {
  /// Appends the line of an event, with its line feed.
  package static func append(_ event: StoredEvent, to line: inout [UInt8]) {
    let record = event.record
    line += #"{"seq":"#.utf8
    line += String(event.seq).utf8
    append(#","eventId":"#, record.eventId, to: &line)
    append(#","type":"#, record.type, to: &line)
    append(#","ts":"#, record.ts, to: &line)
    append(#","source":"#, record.source, to: &line)
    if let id = record.correlationId { append(#","correlationId":"#, id, to: &line) }
    line += #","payload":"#.utf8
    let start = line.count
    line += record.payload
    if record.payload.contains(where: isLineBreak) {
      for index in start..<line.count where isLineBreak(line[index]) { line[index] = UInt8(ascii: " ") }
      append(#","payloadText":"#, String(decoding: record.payload, as: UTF8.self), to: &line)
    }
    append(#","receivedAt":"#, record.receivedAt, to: &line)
    append(#","signal":"#, name(of: record.signal), to: &line)
    append(#","bodyDigest":"#, record.bodyDigest, to: &line)
    if let corrects = record.corrects { append(#","corrects":"#, corrects, to: &line) }
    // As text: the chain covers its bytes.
    if let redactions = record.redactions {
      append(#","redactions":"#, String(decoding: redactions, as: UTF8.self), to: &line)
    }
    append(#","hash":"#, event.hash, to: &line)
    line += "}\n".utf8
  }

  /// Reads a line; `nil` for what is none.
  package static func read(_ line: ArraySlice<UInt8>) -> (seq: Int64, record: EventRecord, hash: Digest)? {
    guard let members = (try? JSONValue(parsing: Array(line)))?.members else { return nil }
    func value(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }
    func text(_ key: String) -> String? { value(key)?.string }
    guard let seq = value("seq")?.number?.int64, let eventId = text("eventId"), let type = text("type"),
      let ts = text("ts").flatMap({ Timestamp($0) }), let source = text("source"),
      let receivedAt = text("receivedAt").flatMap({ Timestamp($0) }), let signal = text("signal").flatMap(signal(of:)),
      let bodyDigest = text("bodyDigest").flatMap({ Digest(hex: $0.utf8) }),
      let hash = text("hash").flatMap({ Digest(hex: $0.utf8) }), let payload = payload(line, text("payloadText"))
    else { return nil }
    let record = EventRecord(
      eventId: eventId, type: type, ts: ts, source: source, correlationId: text("correlationId"), payload: payload,
      bodyDigest: bodyDigest, receivedAt: receivedAt, signal: signal, corrects: text("corrects"),
      redactions: text("redactions").map { Array($0.utf8) })
    return (seq, record, hash)
  }

  /// The payload's bytes: those between its name and what follows it, which the writer puts there as they are.
  private static func payload(_ line: ArraySlice<UInt8>, _ text: String?) -> [UInt8]? {
    if let text { return Array(text.utf8) }
    // The names of the writer's own members stand before and behind; strings in them have their quotes escaped.
    guard let start = line.firstRange(of: Array(#","payload":"#.utf8))?.upperBound,
      let end = line[start...].lastRange(of: Array(#","receivedAt":""#.utf8))?.lowerBound
    else { return nil }
    return Array(line[start..<end])
  }

  // MARK: Parts

  private static func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  // Names come with what is around them, so that a member is few appends: a log has millions.

  private static func append(_ name: StaticString, _ text: String, to line: inout [UInt8]) {
    appendName(name, to: &line)
    JSONWriter.append(string: text, to: &line)
  }

  private static func append(_ name: StaticString, _ time: Timestamp, to line: inout [UInt8]) {
    appendName(name, to: &line)
    line.append(UInt8(ascii: "\""))
    time.appendUTF8(to: &line)
    line.append(UInt8(ascii: "\""))
  }

  private static func append(_ name: StaticString, _ digest: Digest, to line: inout [UInt8]) {
    appendName(name, to: &line)
    line.append(UInt8(ascii: "\""))
    digest.appendHex(to: &line)
    line.append(UInt8(ascii: "\""))
  }

  private static func appendName(_ name: StaticString, to line: inout [UInt8]) {
    name.withUTF8Buffer { line.append(contentsOf: $0) }
  }

  private static func name(of signal: EventSignal) -> String {
    switch signal {
    case .activity: "activity"
    case .heartbeat: "heartbeat"
    case .error: "error"
    }
  }

  private static func signal(of name: String) -> EventSignal? {
    switch name {
    case "activity": .activity
    case "heartbeat": .heartbeat
    case "error": .error
    default: nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// The last place at which other bytes stand.
  fileprivate func lastRange(of other: [UInt8]) -> Range<Int>? {
    guard count >= other.count else { return nil }
    for start in stride(from: endIndex - other.count, through: startIndex, by: -1)
    where self[start] == other[0] && self[start..<(start + other.count)].elementsEqual(other) {
      return start..<(start + other.count)
    }
    return nil
  }
}
