/// A bearer token of the tower's own: `ct_<kind>_<43 base-62 digits>_<6 base-62 digits>`.
///
/// The first digits are 256 random bits, the last the CRC-32 of all before them. Prefix and checksum let secret
/// scanners find a leaked token without false alarms, and let the tower refuse a mistyped one without a look-up.
///
///     let token = Token.generate(kind: "finance")  // ct_finance_4f0…_1Zk3Qa
///     config.add(digest: token.digest)             // only the digest is ever stored
public struct Token: Sendable {
  /// The token as it is sent. It is a secret: ``description`` does not show it.
  public let text: String
  /// Whom the token is for, such as a role or a producer: 1 to 32 of `a-z`, `0-9` and `-`.
  public let kind: String

  private static let prefix = "ct"
  private static let secretDigits = 43  // 62^43 > 2^256
  private static let checksumDigits = 6  // 62^6 > 2^32

  /// A new random token. Traps on a `kind` that is none.
  public static func generate(kind: String) -> Token {
    precondition(isKind(kind.utf8), "not a token kind: \(kind)")
    let secret = Base62.encode(SecureRandom.bytes(32), count: secretDigits)
    let body = "\(prefix)_\(kind)_\(String(decoding: secret, as: UTF8.self))"
    return Token(text: "\(body)_\(checksum(of: body))", kind: kind)
  }

  /// Reads a token; `nil` when its form or its checksum is wrong.
  public init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == Self.prefix, Self.isKind(parts[1].utf8),
      parts[2].utf8.count == Self.secretDigits, parts[2].utf8.allSatisfy(Base62.isDigit),
      parts[3] == Self.checksum(of: parts.dropLast().joined(separator: "_"))
    else { return nil }
    self.init(text: text, kind: String(parts[1]))
  }

  private init(text: String, kind: String) {
    self.text = text
    self.kind = kind
  }

  /// What is stored in the token's place: SHA-256 of its text. 256 random bits need no salt and no slow hash.
  public var digest: Digest { Self.digest(of: text.utf8) }

  /// The digest of any bearer token, also of one that is not in this format.
  public static func digest(of text: some Collection<UInt8>) -> Digest { SHA256.hash(text) }

  private static func isKind(_ text: some Collection<UInt8>) -> Bool {
    (1...32).contains(text.count)
      && text.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }

  private static func checksum(of body: String) -> String {
    String(decoding: Base62.encode(CRC32.checksum(body.utf8), count: checksumDigits), as: UTF8.self)
  }
}

extension Token: CustomStringConvertible, CustomDebugStringConvertible {
  /// The token without its secret.
  public var description: String { "ct_\(kind)_…" }
  public var debugDescription: String { description }
}
