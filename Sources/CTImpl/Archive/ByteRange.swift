/// What a `Range` header asks for (RFC 9110, section 14.2).
enum ByteRange: Equatable {
  /// Everything: also for what is no range of bytes, or several, which a server may ignore.
  case whole
  /// Not empty, and within the whole.
  case part(Range<Int64>)
  case unsatisfiable

  init(_ header: String?, size: Int64) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return }
    let first = Self.number(parts[0])
    let last = Self.number(parts[1])
    switch (first, last, parts[0].isEmpty, parts[1].isEmpty) {
    case (let first?, let last?, _, _) where first <= last:
      self = first < size ? .part(first..<min(size, last == .max ? size : last + 1)) : .unsatisfiable
    case (let first?, nil, _, true): self = first < size ? .part(first..<size) : .unsatisfiable
    case (nil, let count?, true, _): self = count > 0 && size > 0 ? .part(max(0, size - count)..<size) : .unsatisfiable
    default: return
    }
  }

  /// Digits only; a number that is too large is the largest.
  private static func number(_ text: Substring) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
    return Int64(text) ?? .max
  }
}
