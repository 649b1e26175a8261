package import CTCrypto
package import CTJSON

/// What is known of an artifact without reading it.
package struct Artifact: Hashable, Sendable {
  package let name: ArtifactName
  /// In bytes.
  package let size: Int64
  package let sha256: Digest
  /// Such as `application/gzip`.
  package let mediaType: String
  /// When it was put there, by the clock of whoever put it.
  package let createdAt: Timestamp
}

extension Artifact {
  /// The record of it, as one line of JSON.
  var record: [UInt8] {
    JSONWriter.write(
      .object([
        .init(key: "name", value: .string(name.text)), .init(key: "size", value: .number(JSONNumber(String(size))!)),
        .init(key: "sha256", value: .string(sha256.hex)), .init(key: "mediaType", value: .string(mediaType)),
        .init(key: "createdAt", value: .string(createdAt.description)),
      ]))
  }

  /// Reads a record; `nil` for what is none.
  init?(record: [UInt8]) {
    guard let members = (try? JSONValue(parsing: record))?.members else { return nil }
    func text(_ key: String) -> String? { members.first { $0.key == key }?.value.string }
    guard let name = text("name").flatMap({ ArtifactName($0) }),
      let size = (members.first { $0.key == "size" }?.value.number?.lexeme).flatMap({ Int64($0) }), size >= 0,
      let sha256 = text("sha256").flatMap({ Digest(hex: $0.utf8) }), let mediaType = text("mediaType"),
      let createdAt = text("createdAt").flatMap({ Timestamp($0) })
    else { return nil }
    self.init(name: name, size: size, sha256: sha256, mediaType: mediaType, createdAt: createdAt)
  }
}
