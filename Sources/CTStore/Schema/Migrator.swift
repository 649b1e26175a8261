/// Brings a database to the schema that this program knows.
enum Migrator {
  /// Runs the migrations that are missing, each in a transaction of its own together with its version number.
  ///
  /// Throws `not-a-tower-database` for a file that some other program made, and `newer-schema` for one from a later
  /// version of this one: reading it would lose what this version does not know.
  static func migrate(
    _ connection: Connection, to migrations: [String] = Schema.migrations
  ) throws(StoreError) {
    let version = try check(connection, known: migrations.count)
    if version == 0 { try connection.execute("PRAGMA application_id = \(Schema.applicationId)") }
    for number in version..<migrations.count {
      try connection.transaction { () throws(StoreError) in
        try connection.execute(migrations[number])
        try connection.execute("PRAGMA user_version = \(number + 1)")
      }
    }
  }

  /// The schema version of a database that this program can use; 0 for a new one.
  static func check(_ connection: Connection, known: Int = Schema.migrations.count) throws(StoreError) -> Int {
    let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
    let application = try connection.integer("PRAGMA application_id") ?? 0
    let tables = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
    guard application == Schema.applicationId || (application == 0 && version == 0 && tables == 0) else {
      throw StoreError(.notATowerDatabase, "the database has the application id \(application)")
    }
    guard version <= known else {
      throw StoreError(.newerSchema, "the database has schema version \(version), this program knows \(known)")
    }
    return version
  }
}
