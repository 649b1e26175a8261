/// UK postcodes: `SW1A 1AA`, `M1 1AE`; with a hyphen in place of the space, or without it, only in capitals, or with all
/// seven characters of `sw1a1aa`, of which one is no hexadecimal digit.
///
/// Source: BS 7666 and the Royal Mail's list of postcode areas. The inward code is a digit and two letters without
/// C, I, K, M, O and V. `W36` in `2025-W36` and parts of identifiers are none: what touches a hyphen, an underscore,
/// a slash or a full stop with more behind it is not looked at.
enum PostcodeDetector {
  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      // Every postcode has its inward digit before two letters: few places in most texts.
      guard text[index].isDigit, text[index + 1].isLetter, text[index + 2].isLetter,
        let start = start(text, inward: index)
      else {
        index += 1
        continue
      }
      findings.add(.postcode, start..<index + 3)
      index += 3
    }
  }

  private static func start(_ text: ScannedText, inward: Int) -> Int? {
    guard isInward(text[inward + 1]), isInward(text[inward + 2]), isFree(text[inward + 3], text[inward + 4]) else {
      return nil
    }
    var end = inward
    while end > 0, end > inward - 2, text[end - 1] == 0x20 { end -= 1 }
    let hasHyphen = end == inward && text[end - 1] == .ascii("-")
    if hasHyphen { end -= 1 }
    var start = end
    while start > 0, start >= end - 4, text[start - 1].isAlphanumeric { start -= 1 }
    guard 2...4 ~= end - start, isFree(text[start - 1], text[start - 2]) || text.isAfterPrefix(start) else {
      return nil
    }
    if hasHyphen, end - start < 3 { return nil }
    let hasSpace = !hasHyphen && end < inward
    guard hasSpace || isCapital(text, start..<inward + 3) || isSmall(text, start..<inward + 3) else { return nil }
    return isOutward(text, start..<end) ? start : nil
  }

  /// Seven small letters and digits that are no part of a digest.
  private static func isSmall(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    range.count == 7 && range.allSatisfy { text[$0].isDigit || text[$0].isLowercase }
      && range.contains { !text[$0].isHexDigit }
  }

  private static func isInward(_ byte: UInt8) -> Bool {
    switch byte.uppercased {
    case .ascii("C"), .ascii("I"), .ascii("K"), .ascii("M"), .ascii("O"), .ascii("V"): false
    default: byte.isLetter
    }
  }

  /// Whether a byte and the one beyond it leave the postcode standing by itself.
  private static func isFree(_ byte: UInt8, _ beyond: UInt8) -> Bool {
    switch byte {
    case .ascii("-"), .ascii("_"), .ascii("/"), .ascii("."), .ascii("+"): !beyond.isAlphanumeric
    default: !byte.isAlphanumeric && !byte.isNonASCII
    }
  }

  private static func isCapital(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    range.allSatisfy { !text[$0].isLowercase }
  }

  /// An area of one or two letters, a district of one or two digits, or a digit and a letter.
  private static func isOutward(_ text: ScannedText, _ range: Range<Int>) -> Bool {
    let first = text[range.lowerBound].uppercased
    var index = range.lowerBound + 1
    var second: UInt8 = 0x20
    if text[index].isLetter {
      second = text[index].uppercased
      index += 1
    }
    guard isArea(first, second), text[index].isDigit else { return false }
    let rest = range.upperBound - index - 1
    return rest == 0 || (rest == 1 && text[index + 1].isAlphanumeric)
  }

  private static func isArea(_ first: UInt8, _ second: UInt8) -> Bool {
    var index = 0
    while index < areas.utf8CodeUnitCount {
      if areas.utf8Start[index] == first, areas.utf8Start[index + 1] == second { return true }
      index += 3
    }
    return false
  }

  private static let areas: StaticString = """
    AB AL B  BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E  EC EH EN EX FK FY \
    G  GL GU GX GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L  LA LD LE LL LN LS LU M  ME MK ML N  NE NG NN \
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S  SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB \
    W  WA WC WD WF WN WR WS WV YO ZE
    """
}
