package import CTCrypto
package import CTJSON

/// Makes and reads tickets: what lets somebody without a token download one artifact until it expires.
///
///     base64url( version 1 (1 byte) ‖ expiry in seconds since 1970 (8) ‖ first 16 bytes of the HMAC of all the rest ‖ name )
///
/// The key is derived from the store's; a ticket of another tower, or one that was changed, is no ticket.
package struct ArtifactLinks: Sendable {
  private let key: HMACKey

  package init(key: HMACKey) { self.key = key }

  package enum Failure: Error, Sendable, Equatable {
    /// It was not made with this key, or was changed.
    case invalid
    case expired(name: ArtifactName)
  }

  private static let version: UInt8 = 1
  private static let headCount = 9
  private static let tagCount = 16

  /// A ticket for an artifact, in characters that need no escaping in a URL.
  package func ticket(for name: ArtifactName, expires: Timestamp) -> String {
    var head = [Self.version]
    let seconds = expires.microseconds / 1_000_000
    withUnsafeBytes(of: seconds.bigEndian) { head.append(contentsOf: $0) }
    let text = Array(name.text.utf8)
    return Base64URL.encode(head + tag(head, text) + text)
  }

  /// The artifact that a ticket lets one download now.
  package func name(in ticket: String, at now: Timestamp) throws(Failure) -> ArtifactName {
    guard let bytes = Base64URL.decode(ticket.utf8), bytes.count > Self.headCount + Self.tagCount,
      bytes[0] == Self.version
    else { throw .invalid }
    let head = Array(bytes[..<Self.headCount])
    let text = Array(bytes[(Self.headCount + Self.tagCount)...])
    let sent = bytes[Self.headCount..<(Self.headCount + Self.tagCount)]
    guard ConstantTime.areEqual(sent, tag(head, text)), let name = ArtifactName(String(decoding: text, as: UTF8.self))
    else { throw .invalid }
    let seconds = head.dropFirst().reduce(Int64(0)) { $0 << 8 | Int64($1) }
    guard now.microseconds / 1_000_000 < seconds else { throw .expired(name: name) }
    return name
  }

  private func tag(_ head: [UInt8], _ name: [UInt8]) -> [UInt8] {
    Array(key.tag(head + name).bytes.prefix(Self.tagCount))
  }
}
