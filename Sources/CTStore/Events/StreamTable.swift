/// The pairs of source and type that the log knows, each with the small number that its events carry.
final class StreamTable {
  /// More would be a producer that makes up types; lists merge streams, so they must stay few.
  static let limit = 4096

  struct Stream: Hashable {
    let source: String
    let type: String

    // Byte by byte: Swift's own `==` takes canonically equivalent strings for the same, SQLite does not.
    static func == (a: Self, b: Self) -> Bool {
      a.source.utf8.elementsEqual(b.source.utf8) && a.type.utf8.elementsEqual(b.type.utf8)
    }
  }

  /// Stream `n` is at index `n - 1`.
  private(set) var streams: [Stream] = []
  private var numbers: [Stream: Int64] = [:]

  var count: Int { streams.count }

  subscript(number: Int64) -> Stream? {
    streams.indices.contains(Int(number) - 1) ? streams[Int(number) - 1] : nil
  }

  func number(of stream: Stream) -> Int64? { numbers[stream] }

  /// Gives the next number to a stream that has none yet.
  func add(_ stream: Stream) -> Int64 {
    streams.append(stream)
    numbers[stream] = Int64(streams.count)
    return Int64(streams.count)
  }

  /// Forgets the streams that a rolled back transaction had added.
  func truncate(to count: Int) {
    while streams.count > count { numbers[streams.removeLast()] = nil }
  }

  /// The numbers of the streams that a filter lets through.
  func numbers(matching filter: EventFilter) -> [Int64] {
    streams.indices.filter { filter.matches(streams[$0]) }.map { Int64($0) + 1 }
  }

  /// Adds what other connections have added to the table since the last call.
  func load(from connection: Connection) throws(StoreError) {
    let select = try connection.cached("SELECT stream, source, type FROM streams WHERE stream > ? ORDER BY stream")
    let rows = try select.rows([.integer(count)]) { row in
      (row.integer(0), Stream(source: row.text(1), type: row.text(2)))
    }
    for (number, stream) in rows {
      guard add(stream) == number else { throw StoreError(.corrupt, "the numbers of the streams have a gap") }
    }
  }
}

extension EventFilter {
  func matches(_ stream: StreamTable.Stream) -> Bool {
    (source.map { $0.utf8.elementsEqual(stream.source.utf8) } ?? true)
      && (type.map { $0.utf8.elementsEqual(stream.type.utf8) } ?? true)
  }
}
