import Glibc
import Testing

@testable import CTStore

@Suite struct MigrationTests {
  private func schema(_ directory: TemporaryDirectory) -> [String] {
    Intruder(path: directory.database).column("SELECT type || name || ifnull(sql, '') FROM sqlite_schema ORDER BY 1")
  }

  @Test(arguments: 0..<Schema.migrations.count)
  func fromEachEarlierVersion(version: Int) async throws {
    let directory = TemporaryDirectory()
    await (try SQLiteStore.open(directory: directory.path)).close()
    let fresh = schema(directory)
    for suffix in ["", "-wal", "-shm"] { remove(directory.database + suffix) }
    do {
      let connection = try Connection(path: directory.database, mode: .readWrite)
      try Migrator.migrate(connection, to: Array(Schema.migrations[..<version]))
    }
    let store = try await SQLiteStore.open(directory: directory.path)
    #expect(schema(directory) == fresh)
    #expect(try await store.append(event("a")) == .accepted(seq: 1))
    await store.close()
    #expect(Intruder(path: directory.database).column("PRAGMA user_version") == ["\(Schema.migrations.count)"])
    #expect(Intruder(path: directory.database).column("PRAGMA application_id") == ["\(Schema.applicationId)"])
  }

  @Test(arguments: [
    ("PRAGMA user_version = 99", StoreError.Code.newerSchema), ("PRAGMA application_id = 7", .notATowerDatabase),
  ])
  func aStrangeDatabaseIsRefusedAndLeftAsItIs(sql: String, code: StoreError.Code) async throws {
    let directory = TemporaryDirectory()
    await (try SQLiteStore.open(directory: directory.path)).close()
    #expect(Intruder(path: directory.database).run(sql) == nil)
    let before = schema(directory)
    let error = await error { _ = try await SQLiteStore.open(directory: directory.path) }
    #expect(error?.code == code, "\(error as Any)")
    #expect(schema(directory) == before)
  }

  @Test func aFailingMigrationLeavesTheVersionBefore() throws {
    let directory = TemporaryDirectory()
    let connection = try Connection(path: directory.database, mode: .readWrite)
    #expect(throws: StoreError.self) {
      try Migrator.migrate(connection, to: ["CREATE TABLE a (b)", "CREATE TABLE c (d); CREATE TABLE a (b)"])
    }
    #expect(try connection.integer("PRAGMA user_version") == 1)
    #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 1)
  }
}
