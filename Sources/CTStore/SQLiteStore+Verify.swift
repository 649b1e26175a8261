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
    let keys = StoreKeys(secret: try KeyFile.load(directory: directory, mayCreate: false))
    var report = try ChainVerifier(connection).verify()
    if report.firstFault?.reason == .unreadable { return report }
    report.note(try CheckpointTable(connection: connection, key: keys.checkpoint).firstFault())
    return report
  }
}
