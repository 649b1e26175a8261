/// Names for the octets that HTTP's grammar is made of.
enum Octet {
  static let tab: UInt8 = 0x09
  static let lf: UInt8 = 0x0A
  static let cr: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let percent: UInt8 = 0x25
  static let comma: UInt8 = 0x2C
  static let slash: UInt8 = 0x2F
  static let zero: UInt8 = 0x30
  static let colon: UInt8 = 0x3A
  static let semicolon: UInt8 = 0x3B
  static let question: UInt8 = 0x3F

  /// `field-vchar`, SP and HTAB (RFC 9110, section 5.5): what may stand inside a field value.
  @inline(__always)
  static func isFieldValue(_ octet: UInt8) -> Bool {
    (octet >= 0x20 && octet != 0x7F) || octet == tab
  }

  @inline(__always)
  static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }

  @inline(__always)
  static func isDigit(_ octet: UInt8) -> Bool { octet &- zero < 10 }

  @inline(__always)
  static func lowercased(_ octet: UInt8) -> UInt8 {
    octet &- 0x41 < 26 ? octet | 0x20 : octet
  }

  /// The value of a hexadecimal digit, or nil.
  @inline(__always)
  static func hexValue(_ octet: UInt8) -> UInt8? {
    if isDigit(octet) { return octet &- zero }
    let letter = (octet | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }

  static func equalIgnoringCase(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where lowercased(left[index]) != lowercased(right[index]) { return false }
    return true
  }
}

/// A set of ASCII octets as a bitmap in two registers: membership costs no memory access.
struct OctetSet: Sendable {
  let low: UInt64
  let high: UInt64

  @inline(__always)
  func contains(_ octet: UInt8) -> Bool {
    guard octet < 0x80 else { return false }
    return ((octet < 64 ? low : high) >> UInt64(octet & 63)) & 1 == 1
  }

  /// `tchar` (RFC 9110, section 5.6.2).
  @inline(__always) static var token: OctetSet { .init(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe) }
  /// `pchar`, `/` and `%` (RFC 3986, section 3.3).
  @inline(__always) static var path: OctetSet { .init(low: 0x2fff_fff2_0000_0000, high: 0x47ff_fffe_87ff_ffff) }
  /// What RFC 3986 allows in a query, and `[]{}|\^` with the backtick, which browsers send as they are (WHATWG URL).
  @inline(__always) static var query: OctetSet { .init(low: 0xafff_fff2_0000_0000, high: 0x7fff_ffff_ffff_ffff) }
  /// `unreserved` (RFC 3986, section 2.3).
  @inline(__always) static var unreserved: OctetSet {
    .init(low: 0x03ff_6000_0000_0000, high: 0x47ff_fffe_87ff_fffe)
  }
  /// What may stand between the brackets of an IPv6 literal.
  @inline(__always) static var addressLiteral: OctetSet {
    .init(low: 0x07ff_4000_0000_0000, high: 0x0000_007e_0000_007e)
  }
}
