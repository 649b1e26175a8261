import CTJSON
import Testing

@testable import CTStore

/// Holds what a killed tower left on disk against what its producers know.
struct LogAudit {
  let directory: DataDirectory
  let ledger: Ledger

  /// Checks a copy, so that the tower itself is the one that recovers the original.
  /// - Returns: the number of events in the log.
  func check(_ label: Comment) async throws -> Int {
    let copy = directory.copy()
    let store = try await SQLiteStore.open(directory: copy.path)
    let count = try await checkEvents(store, label)
    let report = try await store.verifyChain()
    #expect(report.isIntact && report.events == count, label)
    _ = try await store.systems(asOf: Timestamp(microseconds: 0))
    await store.close()
    try checkProjections(copy, count, label)
    return count
  }

  /// Everything acknowledged is there once, as it was sent; nothing is there that was not sent.
  private func checkEvents(_ store: SQLiteStore, _ label: Comment) async throws -> Int {
    let sent = ledger.sent
    var missing = ledger.acknowledged
    var seen: Set<String> = []
    var last: Int64 = 0
    while case let page = try await store.tail(after: last, limit: 1000), !page.isEmpty {
      for event in page {
        let id = event.record.eventId
        #expect(event.seq == last + 1, label)
        #expect(seen.insert(id).inserted, "\(label): \(id) is there twice")
        let entry = try #require(sent[id], "\(label): \(id) was never sent")
        #expect(event.record.payload == Array(entry.payload.utf8), "\(label): \(id) is not as it was sent")
        #expect(event.record.type == entry.type && event.record.source == entry.source, label)
        missing.remove(id)
        last = event.seq
      }
    }
    #expect(missing.isEmpty, "\(label): acknowledged, but not there: \(missing.sorted().prefix(5))")
    return seen.count
  }

  /// What was derived step by step, with the kill in between, is what the log says from its first event on.
  private func checkProjections(_ copy: DataDirectory, _ count: Int, _ label: Comment) throws {
    let connection = try Connection(path: copy.database, mode: .readWrite)
    let followed = try Self.dump(connection)
    try connection.execute("UPDATE projections SET version = -1")
    let projector = try Projector(
      connection, streams: try EventLog(connection).streams, projections: Projections.all)
    while projector.seq < count { _ = try projector.advance(limit: 1000) }
    #expect(try Self.dump(connection) == followed, label)
  }

  /// Every row of every table that a projection writes.
  private static func dump(_ connection: Connection) throws -> [String] {
    var rows: [String] = []
    for table in Projections.all.flatMap(\.tables).sorted() {
      let names = try connection.prepare("SELECT name FROM pragma_table_info('\(table)')")
      let columns = try names.rows { "\"\($0.text(0))\"" }
      let select = try connection.prepare("SELECT json_array(\(columns.joined(separator: ","))) FROM \(table)")
      rows += try select.rows { "\(table) \($0.text(0))" }.sorted()
    }
    return rows
  }
}
