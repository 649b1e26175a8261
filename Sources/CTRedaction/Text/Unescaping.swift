/// The bytes of a text with `%40` (RFC 3986, section 2.1), `\u0040` (RFC 8259, section 7) and `&#64;` (HTML) undone.
///
/// What was escaped several times (`%2540`) is undone at once. In what looks like a form (`a=1&b=2`, no spaces) a `+`
/// is a space, unless it starts a value, where it is more likely the plus of a telephone number.
struct Unescaping: Sequence, IteratorProtocol {
  struct Byte {
    var value: UInt8
    /// Where the byte, or its escape, starts in the source.
    var start: Int
  }

  private let source: UnsafeBufferPointer<UInt8>
  private let isForm: Bool
  private var index = 0
  private var pending: [Byte] = []

  init(_ source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    isForm = source.contains(.ascii("=")) && source.contains(.ascii("&")) && !source.contains(0x20)
  }

  mutating func next() -> Byte? {
    if let byte = pending.popLast() { return byte }
    guard index < source.count else { return nil }
    let start = index
    index += 1
    switch source[start] {
    case .ascii("%"): return Byte(value: percentEscape(at: start) ?? .ascii("%"), start: start)
    case .ascii("\\"): return jsonEscape(at: start) ?? Byte(value: .ascii("\\"), start: start)
    case .ascii("&"): return htmlEscape(at: start) ?? Byte(value: .ascii("&"), start: start)
    case .ascii("+") where isForm && start > 0 && source[start - 1] != .ascii("="):
      return Byte(value: 0x20, start: start)
    case let byte: return Byte(value: byte, start: start)
    }
  }

  private func hex(at place: Int) -> UInt8? { place < source.count ? source[place].hexValue : nil }

  private mutating func percentEscape(at start: Int) -> UInt8? {
    var value: UInt8?
    while let high = hex(at: index), let low = hex(at: index + 1) {
      value = high << 4 | low
      index += 2
      if value != .ascii("%") { break }
    }
    return value
  }

  private mutating func jsonEscape(at start: Int) -> Byte? {
    // Text that was escaped several times has several backslashes before the `u`.
    var place = start
    while place < source.count, place < start + 16, source[place] == .ascii("\\") { place += 1 }
    guard place < source.count, source[place] == .ascii("u") else { return nil }
    var value: UInt32 = 0
    for digit in place + 1..<place + 5 {
      guard let nibble = hex(at: digit) else { return nil }
      value = value << 4 | UInt32(nibble)
    }
    return emit(value, start: start, next: place + 5)
  }

  private mutating func htmlEscape(at start: Int) -> Byte? {
    guard start + 2 < source.count, source[start + 1] == .ascii("#") else { return nil }
    var place = start + 2
    let isHexadecimal = source[place] | 0x20 == .ascii("x")
    if isHexadecimal { place += 1 }
    var value: UInt32 = 0
    let digits = place
    while place < digits + 7, let digit = hex(at: place), isHexadecimal || digit < 10 {
      value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
      place += 1
    }
    guard place > digits, place < source.count, source[place] == .ascii(";") else { return nil }
    return emit(value, start: start, next: place + 1)
  }

  /// Gives a scalar's bytes, all of them from the place of its escape.
  private mutating func emit(_ value: UInt32, start: Int, next: Int) -> Byte? {
    guard let scalar = Unicode.Scalar(value) else { return nil }
    index = next
    pending = Array(String(scalar).utf8).reversed().map { Byte(value: $0, start: start) }
    return pending.popLast()
  }
}
