package import CTArtifacts
package import CTCrypto
package import CTJSON
package import CTStore
import Foundation

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
    try prepare()
    do {
      let backup = try await fetch(source)
      tell("checking \(backup)")
      let directory = directory
      let facts = try DatabaseCopy.check("\(directory)/tower.db", keyDirectory: directory)
      var report = Report(
        backup: backup, backupSeq: facts.lastSeq, fromExports: 0, lastSeq: facts.lastSeq, lastHash: facts.lastHash,
        events: facts.events)
      if let exports {
        report.fromExports = try await ExportReplay(directory: directory, tell: tell).run(
          try RestoreFiles(path: exports), after: facts)
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
        try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
      }
      throw error
    }
  }

  private func prepare() throws {
    let files = FileManager.default
    if let names = try? files.contentsOfDirectory(atPath: directory),
      let taken = names.first(where: { ["tower.db", "digest.key"].contains($0) })
    {
      throw ArchiveError("there is a \(taken) in \(directory) already; restore into another directory")
    }
    guard files.fileExists(atPath: key) else {
      throw ArchiveError(
        "there is no key at \(key). The backup cannot be used without the digest.key that it was made with: fetch it from "
          + "where secrets are kept")
    }
    try files.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try files.copyItem(atPath: key, toPath: "\(directory)/digest.key")
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(directory)/digest.key")
  }

  // MARK: The database

  /// Brings the database into the directory. - Returns: what it came from.
  private func fetch(_ source: String) async throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
      throw ArchiveError("there is nothing at \(source)")
    }
    guard isFolder.boolValue else {
      let parent = (source as NSString).deletingLastPathComponent
      return try await copy((source as NSString).lastPathComponent, RestoreFiles(path: parent.isEmpty ? "." : parent))
    }
    let files = try RestoreFiles(path: source)
    for name in [BackupManifest.databaseName, "tower.db"] {
      // Only what has a manifest is whole; a database by itself is taken as it is.
      let marker = name == "tower.db" ? name : BackupManifest.fileName
      let under = DirectoryArtifactStore.isArtifactFolder(source) ? Backup.prefix : ""
      if let newest = try await files.prefixes(of: marker, under: under).last {
        return try await copy(newest + name, files)
      }
    }
    throw ArchiveError("there is no backup in \(source)")
  }

  private func copy(_ name: String, _ files: RestoreFiles) async throws -> String {
    tell("unpacking \(name)")
    let target = "\(directory)/tower.db"
    guard FileManager.default.createFile(atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: target)
    else { throw ArchiveError("cannot create \(target)") }
    defer { try? file.close() }
    let gzip = name.hasSuffix(".gz") ? GzipReader() : nil
    try await files.read(name) { piece in
      if let gzip {
        try gzip.expand(piece) { try file.write(contentsOf: $0) }
      } else {
        try file.write(contentsOf: piece)
      }
    }
    try gzip?.finish()
    try file.synchronize()
    return name
  }
}
