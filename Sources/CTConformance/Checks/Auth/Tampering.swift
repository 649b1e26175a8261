internal import CTCrypto

/// Ways to get a signature wrong that have fooled servers.
struct Tampering: Sendable {
  let label: String
  /// The field's whole value; nil leaves the field out.
  let field: String?
  /// What is sent; it need not be what was signed.
  let body: [UInt8]

  /// All ways, for a body whose right tag is given.
  static func all(of body: [UInt8], tag: String, prefix: String, secret: String) -> [Tampering] {
    let spaced = Array("\(String(decoding: body, as: UTF8.self)) ".utf8)
    let other = tag.replacingFirst(with: tag.hasPrefix("0") ? "1" : "0")
    func way(_ label: String, _ field: String?, _ sent: [UInt8]? = nil) -> Tampering {
      Tampering(label: label, field: field, body: sent ?? body)
    }
    return [
      way("no signature", nil), way("an empty signature", ""), way("a prefix without a tag", prefix),
      way("a tag without its prefix", tag), way("upper-case digits", prefix + tag.uppercased()),
      way("an upper-case prefix", prefix.uppercased() + tag), way("the name of another digest", "sha1=" + tag),
      way("a tag as short as SHA-1's", "sha1=" + tag.prefix(40)),
      way("the first half of the tag", prefix + tag.prefix(32)),
      way("one digit less", prefix + tag.dropLast()), way("one digit more", prefix + tag + "0"),
      way("one digit changed", prefix + other), way("only zeros", prefix + String(repeating: "0", count: 64)),
      way("no hexadecimal digits", prefix + String(repeating: "z", count: 64)),
      way("two signatures in one field", "\(prefix)\(tag),\(prefix)\(tag)"),
      way("a space in the middle", "\(prefix) \(tag)"),
      way("quotation marks", "\"\(prefix)\(tag)\""),
      way("the digest of the body without a key", prefix + SHA256.hash(body).hex),
      way("the tag under an empty key", prefix + HMACKey([]).tag(body).hex),
      way("the tag under another key", prefix + HMACKey((secret + "x").utf8).tag(body).hex),
      way("the digest of key and body in a row", prefix + SHA256.hash(Array(secret.utf8) + body).hex),
      way("the tag of an empty body", prefix + HMACKey(secret.utf8).tag([]).hex),
      way("the tag of another body", prefix + HMACKey(secret.utf8).tag(Array("{}".utf8)).hex),
      way("white space added to the body after signing", prefix + tag, spaced),
      way("the body in other bytes of the same meaning", prefix + tag, reencoded(body)),
    ]
  }

  /// The same JSON with a space after every colon outside of strings.
  private static func reencoded(_ body: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var inString = false
    for byte in body {
      if byte == UInt8(ascii: "\"") { inString.toggle() }
      bytes.append(byte)
      if byte == UInt8(ascii: ":"), !inString { bytes.append(UInt8(ascii: " ")) }
    }
    return bytes
  }
}

extension String {
  fileprivate func replacingFirst(with text: String) -> String { text + dropFirst() }
}
