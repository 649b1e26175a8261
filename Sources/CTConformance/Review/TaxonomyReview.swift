internal import CTJSON

/// What was seen of the taxonomy in a span of time, and in the span of the same length before it.
struct TaxonomyReview {
  struct Volume {
    var now = 0
    var before = 0

    /// In per cent of what it was before; nil where there was nothing.
    var change: Int? { before == 0 ? nil : (now - before) * 100 / before }
  }

  /// A member of a payload that no schema names.
  struct Field {
    let type: String
    let pointer: String
    var count = 0
    /// One event that has it.
    let example: String
  }

  let from: Timestamp
  let to: Timestamp
  private let known: [String]
  private(set) var volumes: [String: Volume] = [:]
  private(set) var fields: [Field] = []
  /// Stored events that break the taxonomy otherwise: the type, the pointer and the keyword, with one event.
  private(set) var breaches: [Field] = []
  private(set) var count = 0
  /// How many were left out because a run of this tool has sent them: they say nothing about who uses the deployment.
  private(set) var ownCount = 0
  private let countsOwn: Bool
  /// Whether there was more than is looked at.
  var isCut = false

  init(from: Timestamp, to: Timestamp, known: [String], countsOwn: Bool) {
    (self.from, self.to, self.known, self.countsOwn) = (from, to, known, countsOwn)
  }

  /// Types that were seen and are not in the taxonomy.
  var unknownTypes: [String] { volumes.keys.filter { !known.contains($0) }.sorted() }

  /// Types of the taxonomy that were not seen in the span.
  var unseenTypes: [String] { known.filter { (volumes[$0]?.now ?? 0) == 0 } }

  /// Types that were seen, in the order of the taxonomy, unknown ones at the end.
  var seenTypes: [(type: String, volume: Volume)] {
    (known + unknownTypes).compactMap { type in volumes[type].map { (type, $0) } }
  }

  mutating func add(_ event: JSONValue, _ taxonomy: StoredTaxonomy) {
    guard let type = event["type"]?.string, let ts = event["ts"]?.string.flatMap({ Timestamp($0) }) else { return }
    if !countsOwn, RunID.isOwn(event["eventId"]?.string ?? "") {
      ownCount += 1
      return
    }
    count += 1
    if ts < from {
      volumes[type, default: Volume()].before += 1
      return
    }
    volumes[type, default: Volume()].now += 1
    let id = event["eventId"]?.string ?? "?"
    for pointer in Set(taxonomy.undeclared(in: event)).sorted() { Self.note(type, pointer, id, &fields) }
    guard known.contains(type) else { return }
    for fault in taxonomy.faults(of: event) {
      Self.note(type, "\(fault.pointer.isEmpty ? "/" : fault.pointer) (\(fault.keyword))", id, &breaches)
    }
  }

  private static func note(_ type: String, _ pointer: String, _ id: String, _ list: inout [Field]) {
    if let place = list.firstIndex(where: { $0.type == type && $0.pointer == pointer }) {
      list[place].count += 1
    } else {
      list.append(Field(type: type, pointer: pointer, count: 1, example: id))
    }
  }

  /// 1 where the taxonomy is broken; with `isStrict` also where it is behind what is sent, or ahead of it.
  func exitCode(isStrict: Bool) -> Int32 {
    if !unknownTypes.isEmpty || !breaches.isEmpty { return 1 }
    return isStrict && !(fields.isEmpty && unseenTypes.isEmpty) ? 1 : 0
  }
}
