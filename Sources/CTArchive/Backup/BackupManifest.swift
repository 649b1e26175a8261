package import CTCrypto
package import CTJSON

/// What a backup holds: written last, so that a backup that has one is whole and was checked.
package struct BackupManifest: Sendable, Hashable {
  package static let format = "control-tower backup 1"
  package static let fileName = "manifest.json"
  package static let databaseName = "tower.db.gz"

  package var createdAt: Timestamp
  package var schemaVersion: Int
  package var events: Int64
  package var lastSeq: Int64
  package var lastHash: Digest
  /// Of the compressed database.
  package var sha256: Digest

  package var json: [UInt8] {
    JSONWriter.write(
      .object([
        .init("format", Self.format), .init("createdAt", createdAt.description), .init("schemaVersion", schemaVersion),
        .init("events", events), .init("lastSeq", lastSeq), .init("lastHash", lastHash.hex),
        .init("sha256", sha256.hex),
      ]), .pretty)
  }

  package init(
    createdAt: Timestamp, schemaVersion: Int, events: Int64, lastSeq: Int64, lastHash: Digest, sha256: Digest
  ) {
    self.createdAt = createdAt
    self.schemaVersion = schemaVersion
    self.events = events
    self.lastSeq = lastSeq
    self.lastHash = lastHash
    self.sha256 = sha256
  }

  /// Reads a manifest; `nil` for what is none of this version's.
  package init?(json: [UInt8]) {
    guard let root = try? JSONValue(parsing: json), root.text("format") == Self.format,
      let createdAt = root.text("createdAt").flatMap({ Timestamp($0) }), let version = root.number("schemaVersion"),
      let events = root.number("events"), let lastSeq = root.number("lastSeq"),
      let lastHash = root.digest("lastHash"), let sha256 = root.digest("sha256")
    else { return nil }
    self.init(
      createdAt: createdAt, schemaVersion: Int(version), events: events, lastSeq: lastSeq, lastHash: lastHash,
      sha256: sha256)
  }
}
