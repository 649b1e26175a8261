/// Characters that read as ASCII and are not: full-width forms, other scripts' digits, the many spaces and hyphens.
///
/// Source: the Unicode character database (decimal digits), and the confusables of UTS 39 as far as text that people
/// paste has them: word processors make no-break spaces and hyphens, Japanese input methods full-width forms.
enum LookAlikes {
  enum Meaning {
    case itself
    case ascii(UInt8)
    /// Invisible: soft hyphens, zero-width spaces, direction marks.
    case nothing
  }

  static func meaning(of scalar: Unicode.Scalar) -> Meaning {
    switch scalar.value {
    case 0xFF01...0xFF5E: .ascii(UInt8(scalar.value - 0xFEE0))
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .ascii(0x20)
    case 0xAD, 0x34F, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: .nothing
    case 0x2010...0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63: .ascii(.ascii("-"))
    case 0x2024, 0x3002, 0xFE52, 0xFF61: .ascii(.ascii("."))
    case 0xFE6B: .ascii(.ascii("@"))
    case 0x2018, 0x2019, 0x2BC: .ascii(.ascii("'"))
    case 0x80..<0x660: letter(scalar)
    default: digit(scalar)
    }
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Meaning {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return .itself }
    return .ascii(48 + UInt8(value))
  }

  /// Greek and Cyrillic capitals that look Latin, as they get into IBANs and National Insurance numbers.
  private static func letter(_ scalar: Unicode.Scalar) -> Meaning {
    switch scalar {
    case "Α", "А": .ascii(.ascii("A"))
    case "Β", "В": .ascii(.ascii("B"))
    case "С": .ascii(.ascii("C"))
    case "Ε", "Е": .ascii(.ascii("E"))
    case "Η", "Н": .ascii(.ascii("H"))
    case "Ι", "І": .ascii(.ascii("I"))
    case "Ј": .ascii(.ascii("J"))
    case "Κ", "К": .ascii(.ascii("K"))
    case "Μ", "М": .ascii(.ascii("M"))
    case "Ν": .ascii(.ascii("N"))
    case "Ο", "О": .ascii(.ascii("O"))
    case "Ρ", "Р": .ascii(.ascii("P"))
    case "Ѕ": .ascii(.ascii("S"))
    case "Τ", "Т": .ascii(.ascii("T"))
    case "Χ", "Х": .ascii(.ascii("X"))
    case "Υ", "У": .ascii(.ascii("Y"))
    case "Ζ": .ascii(.ascii("Z"))
    default: .itself
    }
  }
}
