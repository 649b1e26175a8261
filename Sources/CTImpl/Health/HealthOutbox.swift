internal import CTChannels
internal import CTHealth
internal import CTJSON
internal import CTStore

/// What an engine has decided and the store does not have yet.
struct HealthOutbox: Sendable {
  /// Writes that belong together.
  struct Entry: Sendable {
    var writes: [Write]
    /// What channels are to be told, through the queue.
    var deliveries: [Delivery] = []

    /// All that goes into the store.
    var all: [Write] { writes + deliveries.flatMap(\.enqueueing) }
  }

  private var entries: [Entry] = []

  /// Beyond so many the oldest are given up: a disk that is full for days must not fill the memory.
  private static let limit = 10_000

  mutating func take() -> [Entry] {
    defer { entries = [] }
    return entries
  }

  mutating func putBack(_ old: [Entry]) { entries = Array((old + entries).suffix(Self.limit)) }

  mutating func add(
    _ changes: (statuses: [StatusChange], alerts: [AlertChange]), channels: [String], at now: Timestamp
  ) {
    for change in changes.statuses { add(Entry(writes: change.writes)) }
    for change in changes.alerts {
      add(Entry(writes: change.writes, deliveries: change.deliveries(channels: channels, at: now)))
    }
  }

  private mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst() }
  }

  // MARK: Without the queue

  /// What channels have not been told, for want of a queue.
  var deliveries: [Delivery] { entries.flatMap(\.deliveries) }

  /// The channel was told without the queue.
  mutating func remove(_ delivery: Delivery) {
    for place in entries.indices { entries[place].deliveries.removeAll { $0 == delivery } }
  }
}

extension StatusChange {
  /// The document of the system as it is now, and one more in its history.
  var writes: [Write] {
    var members: [JSONValue.Member] = [
      .init(key: "systemId", value: .string(system)), .init(key: "status", value: .string(status.rawValue)),
      .init(key: "since", value: .string(at.description)),
    ]
    if let previous { members.append(.init(key: "previous", value: .string(previous.rawValue))) }
    members.append(.init(key: "reasons", value: .array(reasons.map(\.json))))
    let body = JSONWriter.write(.object(members))
    let time = TimedID.hexadecimal(UInt64(max(0, at.microseconds)))
    return [
      .put(DocumentKey(HealthLoader.systemsCollection, system), body: body),
      .put(DocumentKey(Self.historyCollection, "\(time)_\(system)"), body: body),
    ]
  }

  /// One document for each change of a status; ids sort by time.
  static let historyCollection = "systems-changes"
}

extension Reason {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "status", value: .string(status.rawValue)), .init(key: "text", value: .string(text)),
    ]
    if let link { members.append(.init(key: "link", value: .string(link))) }
    return .object(members)
  }
}

extension AlertChange {
  /// The alert's document.
  var writes: [Write] {
    let open = DocumentKey(Alert.openCollection, alert.id)
    if isDropped { return [.delete(open)] }
    if alert.isOpen { return [.put(open, body: JSONWriter.write(alert.json))] }
    return [.delete(open), .put(DocumentKey(Alert.closedCollection, alert.id), body: JSONWriter.write(alert.json))]
  }
}
