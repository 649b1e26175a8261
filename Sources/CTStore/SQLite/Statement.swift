import CSQLite
package import CTCrypto

/// A compiled statement. Parameters count from 1 and columns from 0, as in SQLite.
///
/// Column readers trust the schema (STRICT tables): they are called only after ``step()`` returned `true`.
package final class Statement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(handle: OpaquePointer, connection: OpaquePointer) {
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; `false` when there is none.
  package func step() throws(StoreError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status:
      let error = StoreError(
        sqlite: status, message: String(cString: sqlite3_errmsg(connection)), sql: String(cString: sqlite3_sql(handle)))
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Ends the run, so that the statement holds no lock and may be bound again.
  package func reset() { sqlite3_reset(handle) }

  /// Runs to the end a statement that returns no rows, and resets it.
  package func finish() throws(StoreError) {
    while try step() {}
    reset()
  }

  /// Binds, runs to the end and resets.
  package func run(_ values: [SQLValue]) throws(StoreError) {
    bind(values)
    try finish()
  }

  /// Binds, reads the first row with `read`, and resets; `nil` when there is no row.
  package func firstRow<Result>(
    _ values: [SQLValue], _ read: (Statement) throws(StoreError) -> Result
  ) throws(StoreError) -> Result? {
    bind(values)
    defer { reset() }
    return try step() ? try read(self) : nil
  }

  /// Binds and reads every row with `read`, and resets.
  package func rows<Result>(
    _ values: [SQLValue] = [], _ read: (Statement) throws(StoreError) -> Result
  ) throws(StoreError) -> [Result] {
    bind(values)
    defer { reset() }
    var results: [Result] = []
    while try step() { results.append(try read(self)) }
    return results
  }
}

extension Statement {
  /// SQLite copies what it is given.
  private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  func bind(_ values: [SQLValue]) {
    for (index, value) in values.enumerated() { bind(Int32(index) + 1, value) }
  }

  func bind(_ index: Int32, _ value: SQLValue) {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, number)
    case .text(let text):
      var text = text
      text.withUTF8 { bind(index, text: UnsafeRawBufferPointer($0), Self.transient) }
    case .utf8(let text): text.withUnsafeBytes { bind(index, text: $0, Self.transient) }
    case .blob(let blob):
      blob.withUnsafeBytes { bytes in
        _ = sqlite3_bind_blob64(handle, index, Self.start(of: bytes), UInt64(bytes.count), Self.transient)
      }
    }
  }

  func bind(_ index: Int32, _ number: Int64) { sqlite3_bind_int64(handle, index, number) }

  func bindNull(_ index: Int32) { sqlite3_bind_null(handle, index) }

  /// Binds text in place: the bytes must stay where they are until the statement is reset.
  func bindInPlace(_ index: Int32, text bytes: UnsafeRawBufferPointer) {
    bind(index, text: bytes, nil)
  }

  private func bind(_ index: Int32, text bytes: UnsafeRawBufferPointer, _ destructor: sqlite3_destructor_type?) {
    sqlite3_bind_text64(handle, index, Self.start(of: bytes), UInt64(bytes.count), destructor, UInt8(SQLITE_UTF8))
  }

  /// Binds a blob in place: the bytes must stay where they are until the statement is reset.
  func bindInPlace(_ index: Int32, blob bytes: UnsafeRawBufferPointer) {
    sqlite3_bind_blob64(handle, index, Self.start(of: bytes), UInt64(bytes.count), nil)
  }

  /// A null pointer would bind NULL; an empty value needs some other one.
  private static func start(of bytes: UnsafeRawBufferPointer) -> UnsafePointer<CChar>? {
    guard let start = bytes.baseAddress else { return UnsafePointer(bitPattern: 1) }
    return start.assumingMemoryBound(to: CChar.self)
  }
}

extension Statement {
  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// The bytes of a text or blob column, valid until the next step or reset.
  package func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let start = sqlite3_column_blob(handle, column)
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  package func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

  package func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }

  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// A column of 32 bytes; anything else is damage.
  package func digest(_ column: Int32) throws(StoreError) -> Digest {
    guard let digest = withBytes(column, { Digest($0) }) else {
      throw StoreError(.corrupt, "a digest column does not hold 32 bytes", sql: String(cString: sqlite3_sql(handle)))
    }
    return digest
  }
}
