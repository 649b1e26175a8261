package import CTCrypto
package import CTJSON

/// What an export holds: written last, so that an export that has one is whole.
package struct ExportManifest: Sendable, Hashable {
  package static let format = "control-tower export 1"
  package static let fileName = "manifest.json"

  package struct File: Sendable, Hashable {
    /// Such as `events.jsonl.gz`, beside the manifest.
    package var name: String
    package var collection: String
    /// Lines.
    package var count: Int
    /// Bytes, compressed as they lie there, and their digest.
    package var size: Int64
    package var sha256: Digest
  }

  /// A part of the log without gaps: all events after a place and up to another.
  package struct Chain: Sendable, Hashable {
    package var after: Int64
    /// The chain's hash at `after`, from which it goes on.
    package var afterHash: Digest
    package var through: Int64
    package var throughHash: Digest
  }

  package var createdAt: Timestamp
  /// The version of the database's schema.
  package var schemaVersion: Int
  package var files: [File]
  /// `nil` when the export is a selection by time: such a one shows what happened, but not that nothing is missing.
  package var chain: Chain?
  /// The store's last checkpoint; its signature can be checked with the store's key.
  package var checkpoint: Place?

  package struct Place: Sendable, Hashable {
    package var seq: Int64
    package var hash: Digest
    package var madeAt: Timestamp
    package var signature: Digest
  }
}

extension ExportManifest {
  package var json: [UInt8] {
    var members: [JSONValue.Member] = [
      .init("format", Self.format), .init("createdAt", createdAt.description), .init("schemaVersion", schemaVersion),
      .init(key: "files", value: .array(files.map { .object($0.members) })),
    ]
    if let chain {
      members.append(
        .init(
          key: "chain",
          value: .object([
            .init("after", chain.after), .init("afterHash", chain.afterHash.hex), .init("through", chain.through),
            .init("throughHash", chain.throughHash.hex),
          ])))
    }
    if let checkpoint {
      members.append(
        .init(
          key: "checkpoint",
          value: .object([
            .init("seq", checkpoint.seq), .init("hash", checkpoint.hash.hex),
            .init("madeAt", checkpoint.madeAt.description), .init("signature", checkpoint.signature.hex),
          ])))
    }
    return JSONWriter.write(.object(members), .pretty)
  }

  /// Reads a manifest; `nil` for what is none of this version's.
  package init?(json: [UInt8]) {
    guard let root = try? JSONValue(parsing: json), root.text("format") == Self.format,
      let createdAt = root.text("createdAt").flatMap({ Timestamp($0) }), let version = root.number("schemaVersion"),
      let items = root["files"]?.elements
    else { return nil }
    self.createdAt = createdAt
    schemaVersion = Int(version)
    files = items.compactMap { File($0) }
    guard files.count == items.count else { return nil }
    if let value = root["chain"] {
      guard let after = value.number("after"), let afterHash = value.digest("afterHash"),
        let through = value.number("through"), let throughHash = value.digest("throughHash")
      else { return nil }
      chain = Chain(after: after, afterHash: afterHash, through: through, throughHash: throughHash)
    }
    if let value = root["checkpoint"] {
      guard let seq = value.number("seq"), let hash = value.digest("hash"), let signature = value.digest("signature"),
        let madeAt = value.text("madeAt").flatMap({ Timestamp($0) })
      else { return nil }
      checkpoint = Place(seq: seq, hash: hash, madeAt: madeAt, signature: signature)
    }
  }
}

extension ExportManifest.File {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("name", name), .init("collection", collection), .init("count", count), .init("size", size),
      .init("sha256", sha256.hex),
    ]
  }

  fileprivate init?(_ value: JSONValue) {
    guard let name = value.text("name"), let collection = value.text("collection"), let count = value.number("count"),
      let size = value.number("size"), let sha256 = value.digest("sha256")
    else { return nil }
    self.init(name: name, collection: collection, count: Int(count), size: size, sha256: sha256)
  }
}

extension JSONValue.Member {
  init(_ key: String, _ text: String) { self.init(key: key, value: .string(text)) }

  init(_ key: String, _ number: some BinaryInteger) {
    self.init(key: key, value: JSONNumber(String(number)).map { .number($0) } ?? .null)
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? { members?.first { $0.key == key }?.value }
  func text(_ key: String) -> String? { self[key]?.string }
  func number(_ key: String) -> Int64? { self[key]?.number?.int64 }
  func digest(_ key: String) -> Digest? { text(key).flatMap { Digest(hex: $0.utf8) } }
}
