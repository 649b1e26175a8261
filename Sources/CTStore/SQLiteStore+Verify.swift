import CTCrypto

extension SQLiteStore {
  /// Computes the whole audit chain again and checks every checkpoint. Other reads go on between the pieces.
  package func verifyChain() async throws(StoreError) -> ChainReport {
    var report = try await read { connection throws(StoreError) in try ChainVerifier(connection).begin(after: 0) }
    var goesOn = true
    while goesOn {
      let before = report
      (report, goesOn) = try await read { connection throws(StoreError) in
        var report = before
        let goesOn = try ChainVerifier(connection).advance(&report)
        return (report, goesOn)
      }
    }
    if report.firstFault?.reason == .unreadable { return report }
    let key = keys.checkpoint
    report.note(
      try await read { connection throws(StoreError) in
        try CheckpointTable(connection: connection, key: key).firstFault()
      })
    report.note(try await read { connection throws(StoreError) in try Self.firstHeldFault(connection, key) })
    let verified = report
    report.note(try await read { connection throws(StoreError) in try LedgerCheck.firstFault(verified, connection) })
    return report
  }

  /// As ``verifyChain()``, for the database of a directory that may or may not be open in another process. Needs the key
  /// beside it, and writes nothing. Blocks.
  package static func verifyChain(directory: String) throws(StoreError) -> ChainReport {
    let connection = try DatabaseFile(directory: directory, options: StoreOptions()).openReader()
    let version = try Migrator.check(connection)
    guard version > 0 else { throw StoreError(.notATowerDatabase, "\(directory) has no tower's database") }
    guard version == Schema.migrations.count else {
      throw StoreError(.olderSchema, "the database has schema version \(version) of \(Schema.migrations.count)")
    }
    return try verifyChain(connection, StoreKeys(secret: try KeyFile.load(directory: directory, mayCreate: false)))
  }

  static func verifyChain(_ connection: Connection, _ keys: StoreKeys) throws(StoreError) -> ChainReport {
    var report = try ChainVerifier(connection).verify()
    if report.firstFault?.reason == .unreadable { return report }
    report.note(try CheckpointTable(connection: connection, key: keys.checkpoint).firstFault())
    report.note(try firstHeldFault(connection, keys.checkpoint))
    report.note(try LedgerCheck.firstFault(report, connection))
    return report
  }

  private static func firstHeldFault(
    _ connection: Connection, _ key: HMACKey
  ) throws(StoreError) -> ChainReport.Fault? {
    let streams = StreamTable()
    try streams.load(from: connection)
    return try HeldEventTable(connection: connection, key: key).firstFault(streams)
  }
}
