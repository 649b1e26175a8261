/// Questions about single bytes. What is no ASCII is a letter of some script, for all that the detectors care.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 }
  @inline(__always) var isUppercase: Bool { self &- 65 < 26 }
  @inline(__always) var isLowercase: Bool { self &- 97 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
  @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 97 < 6 }
  @inline(__always) var isNonASCII: Bool { self >= 0x80 }
  @inline(__always) var isSpace: Bool { self == 0x20 || self &- 9 < 5 }
  /// The letter in upper case; any other byte as it is.
  @inline(__always) var uppercased: UInt8 { isLowercase ? self & 0xDF : self }
  /// The letter in lower case; any other byte as it is.
  @inline(__always) var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
  /// The value of a digit.
  @inline(__always) var digitValue: Int { Int(self &- 48) }

  /// The value of a hexadecimal digit.
  var hexValue: UInt8? {
    if isDigit { return self - 48 }
    return isHexDigit ? (self | 0x20) - 87 : nil
  }

  static func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }
}
