package import CTCrypto
import CTStore
import Glibc

/// Makes a data directory from a backup, the key that belongs to it, and the exports that were made since.
package struct Restore: Sendable {
  package struct Report: Sendable, Hashable {
    /// Where the backup was, and what it held.
    package var backup: String
    package var backupSeq: Int64
    /// Events that came from exports.
    package var fromExports: Int
    /// The last event, and its hash.
    package var lastSeq: Int64
    package var lastHash: Digest
    package var events: Int64
  }

  private let directory: String
  private let key: String
  private let tell: @Sendable (String) -> Void

  /// - Parameters:
  ///   - directory: where the tower is to find its data: empty, or not there yet.
  ///   - key: the `digest.key` that the backup was made with.
  ///   - tell: called with what is done next.
  package init(directory: String, key: String, tell: @escaping @Sendable (String) -> Void = { _ in }) {
    self.directory = directory
    self.key = key
    self.tell = tell
  }

  /// - Parameters:
  ///   - source: a file `tower.db.gz` or `tower.db`, a folder with one, or a folder of artifacts: then its newest backup.
  ///   - exports: a folder of artifacts, or one with exports in it.
  package func run(from source: String, exports: String?) async throws -> Report {
    let backup = try await BackupFinder.find(source)
    let exportFiles = try exports.map { path throws in
      guard PlainFile.isFolder(path) else { throw ArchiveError("there is no folder \(path) to take exports from") }
      return try RestoreFiles(path: path)
    }
    try prepare()
    do {
      try await unpack(backup)
      let facts = try check(backup)
      var report = Report(
        backup: backup.name, backupSeq: facts.lastSeq, fromExports: 0, lastSeq: facts.lastSeq,
        lastHash: facts.lastHash, events: facts.events)
      if let exportFiles {
        report.fromExports = try await ExportReplay(directory: directory, tell: tell).run(exportFiles, after: facts)
      }
      tell("verifying the chain")
      let chain = try SQLiteStore.verifyChain(directory: directory)
      if let fault = chain.firstFault {
        throw ArchiveError("event \(fault.seq) is wrong after the restore (\(fault.reason.rawValue))")
      }
      report.lastSeq = chain.lastSeq
      report.lastHash = chain.lastHash
      report.events = facts.events + Int64(report.fromExports)
      return report
    } catch {
      // Nobody should take a half restored directory for a whole one.
      for name in ["tower.db", "tower.db-wal", "tower.db-shm", "digest.key", "tower.lock"] {
        unlink("\(directory)/\(name)")
      }
      throw error
    }
  }

  private func prepare() throws {
    for name in ["tower.db", "digest.key"] where PlainFile.exists("\(directory)/\(name)") {
      throw ArchiveError("there is a \(name) in \(directory) already; restore into another directory")
    }
    guard PlainFile.exists(key) else {
      throw ArchiveError(
        "there is no key at \(key). The backup cannot be used without the digest.key that it was made with: fetch it from "
          + "where secrets are kept")
    }
    do throws(StoreError) {
      _ = try KeyFile.read(key)
    } catch {
      throw ArchiveError("\(error.message). Name the digest.key that the backup was made with")
    }
    try PlainFile.createFolder(directory)
    let copy = try FileWriter(creating: "\(directory)/digest.key")
    try copy.write(try FileReader(key).read(1024)[...])
    try copy.finish()
  }

  // MARK: The database

  private func unpack(_ backup: BackupFinder.Backup) async throws {
    tell("unpacking \(backup.name)")
    let file = try FileWriter(creating: "\(directory)/tower.db")
    do {
      let gzip = backup.name.hasSuffix(".gz") ? GzipReader() : nil
      try await backup.files.read(backup.name) { piece in
        if let gzip { try gzip.expand(piece) { try file.write($0) } } else { try file.write(piece[...]) }
      }
      try gzip?.finish()
    } catch let error as GzipError {
      throw ArchiveError("\(backup.name) is damaged: \(error). Take another copy of it, or an older backup")
    }
    try file.finish()
  }

  private func check(_ backup: BackupFinder.Backup) throws -> DatabaseCopy.Facts {
    tell("checking \(backup.name)")
    let facts: DatabaseCopy.Facts
    do throws(StoreError) {
      facts = try DatabaseCopy.check("\(directory)/tower.db", keyDirectory: directory)
    } catch {
      switch error.code {
      case .key:
        throw ArchiveError(
          "\(key) is not the key that this backup was made with: fetch that digest.key from where secrets are kept")
      case .notATowerDatabase: throw ArchiveError("\(backup.name) is no backup of a tower's database")
      case .newerSchema: throw ArchiveError("\(backup.name): \(error.message). \(error.hint)")
      default:
        let reason = error.message.replacing("\(directory)/tower.db: ", with: "")
        throw ArchiveError("\(backup.name) cannot be used: \(reason). Take an older backup")
      }
    }
    if let manifest = backup.manifest, (manifest.lastSeq, manifest.lastHash) != (facts.lastSeq, facts.lastHash) {
      throw ArchiveError(
        "\(backup.name) ends at event \(facts.lastSeq), but its manifest says \(manifest.lastSeq): one of the two is "
          + "another backup's")
    }
    return facts
  }
}
