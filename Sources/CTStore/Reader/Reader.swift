import CTJSON

/// A read-only connection with what it remembers between queries. It stays on its thread.
final class Reader {
  let connection: Connection
  let streams = StreamTable()
  let documents: DocumentTable
  /// One compiled statement per stream, as a merge runs all of them at the same time.
  private var positions: [Statement] = []

  init(_ file: DatabaseFile) throws(StoreError) {
    connection = try file.openReader()
    documents = DocumentTable(connection: connection)
  }

  /// Runs `body` on one state of the database, however many statements it uses.
  func snapshot<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    try connection.transaction("BEGIN", body)
  }

  /// Statements for the positions of so many streams.
  func positions(_ count: Int) throws(StoreError) -> ArraySlice<Statement> {
    while positions.count < count { positions.append(try connection.prepare(StreamMerge.positionsOfStream)) }
    return positions[..<count]
  }
}
