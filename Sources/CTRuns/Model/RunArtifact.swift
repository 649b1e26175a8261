package import CTArtifacts
import CTCrypto
internal import CTJSON

/// A pointer to something that a run wrote.
package struct RunArtifact: Sendable, Hashable {
  /// 1 to 128 of the characters `A-Z a-z 0-9 . _ -`, not beginning with a dot.
  package var name: String
  /// Such as `artifact://runs/run_…/log.ndjson`.
  package var reference: String
  package var bytes: Int64
  /// SHA-256 in hexadecimal digits.
  package var sha256: String

  private static let scheme = "artifact://"

  package init(_ artifact: Artifact, name: String) {
    self.name = name
    reference = Self.scheme + artifact.name.text
    bytes = artifact.size
    sha256 = artifact.sha256.hex
  }

  /// Its name in the artifact store.
  package var storedName: ArtifactName? {
    reference.hasPrefix(Self.scheme) ? ArtifactName(String(reference.dropFirst(Self.scheme.count))) : nil
  }

  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let reference = json["ref"]?.string,
      let bytes = json["bytes"]?.number.flatMap({ Int64($0.lexeme) }), let sha256 = json["sha256"]?.string
    else { return nil }
    self.name = name
    self.reference = reference
    self.bytes = bytes
    self.sha256 = sha256
  }

  var json: JSONValue {
    .object([
      .init(key: "name", value: .string(name)), .init(key: "ref", value: .string(reference)),
      .init(key: "bytes", value: .integer(bytes)), .init(key: "sha256", value: .string(sha256)),
    ])
  }
}
