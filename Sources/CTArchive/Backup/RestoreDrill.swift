import CTArtifacts
internal import CTCrypto
internal import CTStore
import Foundation

/// Restores the newest backup and the exports since into a directory that is removed again, and compares the outcome with
/// the store that they are of: a backup that nobody has ever restored is a hope.
package struct RestoreDrill: Sendable {
  package struct Report: Sendable, Hashable {
    package var restored: Restore.Report
    /// How far the store is.
    package var storeSeq: Int64
  }

  private let directory: String
  private let artifacts: String
  private let tell: @Sendable (String) -> Void

  /// - Parameters:
  ///   - directory: the store's, with its key; a tower may be serving it.
  ///   - artifacts: the folder with backups and exports.
  package init(directory: String, artifacts: String, tell: @escaping @Sendable (String) -> Void = { _ in }) {
    self.directory = directory
    self.artifacts = artifacts
    self.tell = tell
  }

  /// - Throws: when something cannot be restored, or is not what the store has.
  package func run() async throws -> Report {
    guard PlainFile.exists("\(directory)/tower.db") else { throw ArchiveError("there is no tower.db in \(directory)") }
    let place = "\(directory)/drill-\(Hex.encode(SecureRandom.bytes(8)))"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let restore = Restore(directory: place, key: "\(directory)/digest.key", tell: tell)
    let restored = try await restore.run(from: artifacts, exports: artifacts)
    let store = try StoreReader(directory: directory)
    let seq = try await store.lastSeq()
    let hash = try await store.hash(at: restored.lastSeq)
    let floor = try await store.floor()
    await store.close()
    // An event that retention has removed since has no hash any more, unless it is a checkpoint.
    guard hash == restored.lastHash || (hash == nil && restored.lastSeq < floor) else {
      throw ArchiveError("the restored log is another one than the store's: they differ at event \(restored.lastSeq)")
    }
    return Report(restored: restored, storeSeq: seq)
  }
}
