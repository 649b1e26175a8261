extension JSONReader {
  /// Reads a string. `nil` where none stands here, or it is not well-formed.
  public mutating func readString() -> JSONText? {
    let start = offset &+ 1
    guard start &+ 8 <= count, base[offset] == UInt8(ascii: "\"") else { return readStringPastWhitespace() }
    let word = word(at: start)
    let marks = Self.marks(word)
    let end = marks == 0 ? plainASCIIEnd(from: start &+ 8) : start &+ marks.trailingZeroBitCount / 8
    guard end < count, base[end] == UInt8(ascii: "\"") else { return readOtherString(from: start, at: end) }
    offset = end &+ 1
    // Up to the first mark and its own bit is one byte more than what comes before it.
    let prefix = marks == 0 ? word : word & (marks ^ (marks &- 1)) &>> 8
    return JSONText(start: start, length: end &- start, isASCII: true, prefix: prefix)
  }

  /// Passes over this string, if it stands here as it is: between quotes, with nothing escaped. It may stand here, and this
  /// not see it: behind whitespace, or with escapes.
  /// - Parameter string: nothing that has to be escaped: neither quotes nor backslashes nor control characters.
  @inlinable @inline(__always)
  public mutating func skip(_ string: StaticString) -> Bool {
    let length = string.utf8CodeUnitCount
    let end = offset &+ length &+ 1
    guard end < count, base[offset] == UInt8(ascii: "\""), base[end] == UInt8(ascii: "\""),
      JSONReader.isEqual(base + offset + 1, string.utf8Start, count: length)
    else { return false }
    move(to: end &+ 1)
    return true
  }

  @usableFromInline mutating func move(to place: Int) { offset = place }

  @inline(never)
  private mutating func readStringPastWhitespace() -> JSONText? {
    skipWhitespace()
    guard offset < count, base[offset] == UInt8(ascii: "\"") else {
      return fail(offset < count ? .unexpectedByte : .unexpectedEnd)
    }
    return readOtherString(from: offset + 1, at: offset + 1)
  }

  /// A string of which so much is plain ASCII.
  @inline(never)
  private mutating func readOtherString(from start: Int, at place: Int) -> JSONText? {
    offset = place
    var isASCII = true
    while true {
      skipPlainASCII()
      guard offset < count else { return fail(.unexpectedEnd) }
      let byte = base[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        return text(from: start, to: offset - 1, isASCII: isASCII)
      }
      if byte == UInt8(ascii: "\\") { return readEscapedString(from: start, isASCII: isASCII) }
      if byte < 0x20 { return fail(.controlCharacter) }
      isASCII = false
      guard skipMultibyteScalar() else { return nil }
    }
  }

  @inline(__always)
  func text(from start: Int, to end: Int, isASCII: Bool) -> JSONText {
    var prefix: UInt64 = 0
    let length = end &- start
    if start &+ 8 <= count {
      prefix = UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self).littleEndian
      if length < 8 { prefix &= (1 &<< (8 &* UInt64(truncatingIfNeeded: length))) &- 1 }
    } else {
      prefix = Self.prefix(of: base + start, length: length)
    }
    return JSONText(start: start, length: length, isASCII: isASCII, prefix: prefix)
  }

  @inline(__always)
  private mutating func skipPlainASCII() { offset = plainASCIIEnd(from: offset) }

  /// Past what needs no look: ASCII that is no quote, no backslash and no control character.
  @inline(__always)
  func plainASCIIEnd(from start: Int) -> Int {
    var place = start
    while place &+ 8 <= count {
      let marks = Self.marks(word(at: place))
      if marks != 0 { return place &+ marks.trailingZeroBitCount / 8 }
      place &+= 8
    }
    while place < count {
      let byte = base[place]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { return place }
      place &+= 1
    }
    return place
  }

  @inline(__always)
  private func word(at place: Int) -> UInt64 {
    UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// The high bit of the first byte, of eight, that needs a look. Bits above it can be wrong.
  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = (word ^ (ones &* 0x22)) &- ones
    let backslash = (word ^ (ones &* 0x5C)) &- ones
    // A byte's high bit is set where a quote or a backslash became zero and went below it, where the byte is below 0x20,
    // or where it is not ASCII. What is borrowed can be wrong only above the first of them.
    return (quote | backslash | (word &- (ones &* 0x20)) | word) & highs
  }

  /// Passes one scalar of two to four bytes; Unicode 15, table 3-7, well-formed byte sequences.
  private mutating func skipMultibyteScalar() -> Bool {
    let lead = base[offset]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: (length, second) = (0, 0...0)
    }
    guard length > 0, offset + length <= count, second ~= base[offset + 1],
      (2..<max(2, length)).allSatisfy({ base[offset + $0] & 0xC0 == 0x80 })
    else {
      failure(.invalidUTF8, at: offset)
      return false
    }
    offset += length
    return true
  }

  // MARK: Escapes

  private mutating func readEscapedString(from start: Int, isASCII: Bool) -> JSONText? {
    let scratchStart = scratch.count
    var isASCII = isASCII
    var copied = start
    while true {
      guard offset < count else { return fail(.unexpectedEnd) }
      let byte = base[offset]
      if byte == UInt8(ascii: "\"") {
        appendSource(from: copied)
        offset += 1
        break
      }
      if byte == UInt8(ascii: "\\") {
        appendSource(from: copied)
        guard let scalar = readEscape() else { return nil }
        if !scalar.isASCII { isASCII = false }
        scratch.append(contentsOf: UTF8.encode(scalar)!)
        copied = offset
      } else if byte < 0x20 {
        return fail(.controlCharacter)
      } else {
        isASCII = false
        guard skipMultibyteScalar() else { return nil }
      }
      skipPlainASCII()
    }
    let length = scratch.count - scratchStart
    let prefix = scratch.withUnsafeBufferPointer { Self.prefix(of: $0.baseAddress! + scratchStart, length: length) }
    return JSONText(start: scratchStart, length: length, isInScratch: true, isASCII: isASCII, prefix: prefix)
  }

  private mutating func appendSource(from start: Int) {
    scratch.append(contentsOf: UnsafeBufferPointer(start: base + start, count: offset - start))
  }

  private mutating func readEscape() -> Unicode.Scalar? {
    let start = offset
    guard offset + 1 < count else { return fail(.unexpectedEnd) }
    offset += 2
    switch base[offset - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return readUnicodeEscape(from: start)
    default:
      failure(.invalidEscape, at: start)
      return nil
    }
  }

  private mutating func readUnicodeEscape(from start: Int) -> Unicode.Scalar? {
    guard let unit = readHexadecimal(from: start) else { return nil }
    if unit == 0, !limits.allowsNUL {
      failure(.nul, at: start)
      return nil
    }
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard 0xD800...0xDBFF ~= unit, offset + 1 < count, base[offset] == UInt8(ascii: "\\"),
      base[offset + 1] == UInt8(ascii: "u")
    else {
      failure(.loneSurrogate, at: start)
      return nil
    }
    offset += 2
    guard let low = readHexadecimal(from: start) else { return nil }
    guard 0xDC00...0xDFFF ~= low else {
      failure(.loneSurrogate, at: start)
      return nil
    }
    return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
  }

  private mutating func readHexadecimal(from start: Int) -> UInt32? {
    guard offset + 4 <= count else { return fail(.unexpectedEnd) }
    var value: UInt32 = 0
    for index in offset..<offset + 4 {
      let digit: UInt8
      switch base[index] {
      case 48...57: digit = base[index] - 48
      case 65...70: digit = base[index] - 55
      case 97...102: digit = base[index] - 87
      default:
        failure(.invalidEscape, at: start)
        return nil
      }
      value = value << 4 | UInt32(digit)
    }
    offset += 4
    return value
  }
}
