internal import CTCrypto

/// Names a state of something that is read, so that who has it already need not be sent it again (RFC 9110, section 8.8.3).
/// Weak: what only the time of day changes is left out of it.
struct EntityTag {
  let text: String

  init(_ parts: [UInt8]...) {
    var digest = SHA256()
    for part in parts { digest.update(part) }
    text = "W/\"\(digest.finish().hex.prefix(16))\""
  }

  /// Whether an `If-None-Match` names it: `*`, or it is in the list, compared weakly (RFC 9110, section 13.1.2).
  func matches(_ field: String?) -> Bool {
    guard let field else { return false }
    if field == "*" { return true }
    return field.split(separator: ",").contains { entry in
      let entry = entry.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      let opaque = String(entry)
      return opaque == text || "W/\(opaque)" == text
    }
  }
}
