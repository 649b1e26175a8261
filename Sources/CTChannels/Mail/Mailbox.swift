/// Somebody who writes or gets mail: an address, and the name that is shown with it (RFC 5322, section 3.4).
package struct Mailbox: Sendable, Hashable, CustomStringConvertible {
  package let name: String?
  /// `local@domain`, in ASCII.
  package let address: String

  /// From `tower@example.com` or `Control Tower <tower@example.com>`; nil for anything else.
  package init?(_ text: String) {
    if text.last == ">", let open = text.lastIndex(of: "<") {
      let name = text[..<open].split(separator: " ").joined(separator: " ")
      self.init(name: name, address: String(text[text.index(after: open)...].dropLast()))
    } else {
      self.init(name: nil, address: text)
    }
  }

  /// Nil when the address is none, or the name holds a control character.
  package init?(name: String?, address: String) {
    guard Self.isAddress(address), name?.onOneLine == name else { return nil }
    self.name = name?.isEmpty == true ? nil : name
    self.address = address
  }

  /// What comes after the last `@`.
  package var domain: Substring { address[address.lastIndex(of: "@")!...].dropFirst() }

  package var description: String { name.map { "\($0) <\(address)>" } ?? address }

  /// A dot-atom, `@`, and a host name (RFC 5321, section 4.1.2). Quoted local parts and address literals are not taken:
  /// nobody has one, and what cannot be in an address cannot be made to mean something else in an SMTP command.
  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, 1...64 ~= parts[0].utf8.count, 1...253 ~= parts[1].utf8.count else { return false }
    let isLocal = parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
      !atom.isEmpty && atom.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
    return isLocal
      && parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isAlphanumeric(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
