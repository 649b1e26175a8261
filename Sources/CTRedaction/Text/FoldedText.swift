/// A text as a person would read it: escapes undone, look-alikes replaced and mark-up within words left out, with the way
/// back to the source.
///
/// `jane%40example.com`, `jane\u0040example.com`, `jane＠example.com` and `<b>jane</b>@example.com` all fold to
/// `jane@example.com`.
struct FoldedText {
  private(set) var bytes: [UInt8] = []
  /// For each byte, where in the source it comes from.
  private var starts: [Int32] = []
  private let sourceCount: Int

  init(_ source: UnsafeBufferPointer<UInt8>) {
    sourceCount = source.count
    bytes.reserveCapacity(source.count)
    starts.reserveCapacity(source.count)
    for byte in Unescaping(source) { append(byte.value, from: byte.start) }
    if bytes.contains(where: \.isNonASCII) { replaceLookAlikes() }
    if bytes.contains(.ascii("<")) { leaveOutTags() }
  }

  /// The part of the source that a part of the folded text comes from.
  func source(of range: Range<Int>) -> Range<Int> { start(range.lowerBound)..<start(range.upperBound) }

  private func start(_ index: Int) -> Int { index < starts.count ? Int(starts[index]) : sourceCount }

  private mutating func append(_ byte: UInt8, from start: Int) {
    bytes.append(byte)
    starts.append(Int32(truncatingIfNeeded: start))
  }

  private mutating func replaceLookAlikes() {
    let (unfolded, places) = (bytes, starts)
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var index = 0
    while index < unfolded.count {
      guard let (scalar, length) = Self.scalar(in: unfolded, at: index) else {
        append(unfolded[index], from: Int(places[index]))
        index += 1
        continue
      }
      switch LookAlikes.meaning(of: scalar) {
      case .itself: for offset in index..<index + length { append(unfolded[offset], from: Int(places[offset])) }
      case .ascii(let byte): append(byte, from: Int(places[index]))
      case .nothing: break
      }
      index += length
    }
  }

  private mutating func leaveOutTags() {
    let (unfolded, places) = (bytes, starts)
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var index = 0
    while index < unfolded.count {
      if unfolded[index] == .ascii("<"), let end = InlineTag.end(in: unfolded, from: index) {
        index = end
      } else {
        append(unfolded[index], from: Int(places[index]))
        index += 1
      }
    }
  }

  /// The scalar beyond ASCII that starts at `index`, if the bytes there are UTF-8.
  private static func scalar(in bytes: [UInt8], at index: Int) -> (Unicode.Scalar, Int)? {
    let lead = bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
    guard length > 0, index + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for byte in bytes[index + 1..<index + length] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }
}
