internal import CTRuntime

/// Personal data behind an encoding that hides it from every other detector: words of base64 (RFC 4648, sections 4 and 5)
/// or hexadecimal digits that spell text.
///
/// Almost no word is decoded: the first six bytes must be printable, which those of a random identifier are in one case of
/// a few hundred. Each level of encoding makes a text shorter, so that the whole stays linear.
struct EncodedTextDetector {
  let inspection: Inspection

  private static let shortest = 12
  private static let deepest = 3

  func scan(_ text: ScannedText, _ findings: inout Findings) {
    guard inspection.depth < Self.deepest else { return }
    var index = 0
    while index < text.count {
      guard Self.value(of: text[index]) != nil else {
        index += 1
        continue
      }
      var end = text.end(from: index) { Self.value(of: $0) != nil }
      for _ in 0..<2 where text[end] == .ascii("=") { end += 1 }
      if end - index >= Self.shortest, let detector = found(text.part(index..<end)) {
        findings.add(detector, index..<end)
      }
      index = end
    }
  }

  /// The detector that finds something in what the word spells.
  private func found(_ word: UnsafeBufferPointer<UInt8>) -> Detector? {
    guard let spelled = Self.hexadecimal(word) ?? Self.base64(word) else { return nil }
    var inner = inspection
    inner.depth += 1
    return spelled.withUnsafeBufferPointer { inner.inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: $0) }
      .flatMap { $0.detectors.first.flatMap(Detector.init(rawValue:)) }
  }

  private static func hexadecimal(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard word.count.isMultiple(of: 2), word.count >= 16 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: word.count, by: 2) {
      guard let high = word[index].hexValue, let low = word[index + 1].hexValue, isPrintable(high << 4 | low) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func base64(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    // Most words are seen to be no text by their first characters, before anything is allocated.
    guard word.count >= shortest, startsWithText(word) else { return nil }
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for character in word {
      guard let value = value(of: character) else { break }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
      guard isPrintable(byte) else { return nil }
      bytes.append(byte)
    }
    return bytes.count >= 8 ? bytes : nil
  }

  /// Whether the first eight characters spell six printable bytes.
  private static func startsWithText(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    for start in [0, 4] {
      var bits: UInt32 = 0
      for place in start..<start + 4 { bits = bits << 6 | (value(of: word[place]) ?? 0) }
      for shift in [16, 8, 0] as [UInt32] where !isPrintable(UInt8(truncatingIfNeeded: bits >> shift)) { return false }
    }
    return true
  }

  private static func isPrintable(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte < 0x7F) || byte.isSpace }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case .ascii("A")...(.ascii("Z")): UInt32(character) - 65
    case .ascii("a")...(.ascii("z")): UInt32(character) - 71
    case .ascii("0")...(.ascii("9")): UInt32(character) + 4
    case .ascii("+"), .ascii("-"): 62
    case .ascii("/"), .ascii("_"): 63
    default: nil
    }
  }
}
