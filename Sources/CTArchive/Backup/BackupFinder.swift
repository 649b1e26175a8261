import CTArtifacts
import CTCrypto

/// Finds the backup that somebody means by a path.
enum BackupFinder {
  struct Backup {
    var files: RestoreFiles
    /// Of the database in `files`, such as `backups/2025-09-27T020000Z/tower.db.gz`.
    var name: String
    /// `nil` where the database lies there by itself.
    var manifest: BackupManifest?
  }

  private static let plainName = "tower.db"

  /// - Parameter source: a file, a folder with one, or a folder of artifacts: then its newest backup.
  static func find(_ source: String) async throws -> Backup {
    guard PlainFile.exists(source) else { throw ArchiveError("there is nothing at \(source)") }
    guard PlainFile.isFolder(source) else {
      let slash = source.lastIndex(of: "/")
      let folder = slash.map { $0 == source.startIndex ? "/" : String(source[..<$0]) } ?? "."
      let name = slash.map { String(source[source.index(after: $0)...]) } ?? source
      return Backup(files: .folder(folder), name: name)
    }
    let files = try RestoreFiles(path: source)
    if let newest = try await newest(in: files) { return newest }
    // A database by itself is taken as it is.
    for name in [BackupManifest.databaseName, plainName] {
      if let prefix = try await files.prefixes(of: name, under: "").last {
        return Backup(files: files, name: prefix + name)
      }
    }
    throw ArchiveError("there is no backup in \(source)")
  }

  /// Only what has a manifest is whole; a folder has those of exports, too.
  private static func newest(in files: RestoreFiles) async throws -> Backup? {
    var newest: Backup?
    for prefix in try await files.prefixes(of: BackupManifest.fileName, under: files.backupPrefix) {
      guard let manifest = BackupManifest(json: try await files.contents(prefix + BackupManifest.fileName)) else {
        continue
      }
      if let found = newest?.manifest, found.createdAt > manifest.createdAt { continue }
      newest = Backup(files: files, name: prefix + BackupManifest.databaseName, manifest: manifest)
    }
    return newest
  }
}
