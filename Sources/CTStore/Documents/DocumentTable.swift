import CTJSON

/// The writing and reading of documents on one connection.
struct DocumentTable {
  let connection: Connection

  func put(
    _ key: DocumentKey, body: [UInt8], if precondition: Precondition, at now: Timestamp
  ) throws(StoreError) {
    let version = try check(precondition, key)
    try connection.run(
      "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, CAST(? AS TEXT))",
      .text(key.collection), .text(key.id), .integer((version ?? 0) + 1), .time(now), .blob(body))
  }

  func delete(_ key: DocumentKey, if precondition: Precondition) throws(StoreError) {
    _ = try check(precondition, key)
    try connection.run("DELETE FROM documents WHERE collection = ? AND id = ?", .text(key.collection), .text(key.id))
  }

  func get(_ key: DocumentKey) throws(StoreError) -> Document? {
    try connection.cached("SELECT \(Self.columns) FROM documents WHERE collection = ? AND id = ?")
      .firstRow([.text(key.collection), .text(key.id)], Self.read)
  }

  /// Documents of a collection in the order of their ids, from the one after `id` on.
  func list(_ collection: String, after id: String?, descending: Bool, limit: Int) throws(StoreError) -> [Document] {
    let (compare, order) = descending ? ("<", "DESC") : (">", "ASC")
    let start = id == nil ? "?2 IS NULL" : "id \(compare) ?2"
    return try connection.cached(
      "SELECT \(Self.columns) FROM documents WHERE collection = ?1 AND \(start) ORDER BY id \(order) LIMIT ?3"
    ).rows([.text(collection), .text(id), .integer(limit)], Self.read)
  }

  /// The document's version, `nil` when there is none; throws when the precondition does not hold.
  private func check(_ precondition: Precondition, _ key: DocumentKey) throws(StoreError) -> Int64? {
    let version = try connection.integer(
      "SELECT version FROM documents WHERE collection = ? AND id = ?", .text(key.collection), .text(key.id))
    let holds =
      switch precondition {
      case .none: true
      case .exists: version != nil
      case .absent: version == nil
      case .version(let expected): version == expected
      }
    if holds { return version }
    throw StoreError(
      .preconditionFailed, "\(key.collection)/\(key.id) has version \(version.map(String.init) ?? "none")")
  }

  private static let columns = "collection, id, version, updated_at, body"

  private static func read(_ row: Statement) -> Document {
    Document(
      key: DocumentKey(row.text(0), row.text(1)), version: row.integer(2),
      updatedAt: Timestamp(microseconds: row.integer(3)), body: row.bytes(4))
  }
}
