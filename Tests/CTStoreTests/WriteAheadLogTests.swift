import CSQLite
import Glibc
import Testing

@testable import CTStore

/// The write-ahead log is copied into the database beside the writer, and stays short.
@Suite struct WriteAheadLogTests {
  private static let frameBytes = 4096 + 24

  private func options(vfs: String? = nil) -> StoreOptions {
    var options = StoreOptions()
    options.checkpointFrames = 50
    options.vfs = vfs
    return options
  }

  private func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  @Test func theLogStaysShortWhileEventsCome() async throws {
    let options = options()
    try await withStore(options) { store, directory async throws in
      for number in 1...1000 { #expect(try await store.append(event("evt_\(number)")).seq == Int64(number)) }
      #expect(size(of: directory.database + "-wal") <= 5 * options.checkpointFrames * Self.frameBytes)
      // What has left the log is in the database.
      #expect(size(of: directory.database) > 1000 * 100)
      #expect(try await store.verifyChain().isIntact)
    }
  }

  /// As where no more files may be opened. The writer then copies the log itself, and nobody notices.
  @Test func aCopyThatCannotBeginIsLeftToTheWriter() async throws {
    let fileSystem = FaultFileSystem("fault-checkpoint")
    let options = options(vfs: fileSystem.name)
    try await withStore(options) { store, directory async throws in
      _ = try await store.append(event("evt_0"))
      fileSystem.plan.fail([.open], code: SQLITE_CANTOPEN, times: .max)
      for number in 1...1000 { #expect(try await store.append(event("evt_\(number)")).seq == Int64(number + 1)) }
      #expect(fileSystem.plan.happened > 1)
      #expect(store.health.isWritable && store.health.failedBatches == 0)
      #expect(size(of: directory.database + "-wal") <= 5 * options.checkpointFrames * Self.frameBytes)
      fileSystem.plan.heal()
    }
  }
}
