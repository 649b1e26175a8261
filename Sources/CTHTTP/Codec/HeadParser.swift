import Glibc

/// Reads a head line by line (RFC 9112, section 2.1). It keeps its place, so feeding it octet by octet looks at each
/// octet once. Every line ends with CRLF; a bare LF or CR is refused, because two parsers could disagree about it.
struct HeadParser {
  enum Kind { case request, response, trailers }

  private let kind: Kind
  private let limits: HTTPLimits
  private(set) var requestLine: RequestLine?
  private(set) var statusLine: StatusLine?
  private(set) var ranges: [FieldRange] = []
  private var awaitsStartLine: Bool
  private var skippedEmptyLine = false
  private var lineStart = 0
  /// No LF before here.
  private var scanned = 0

  init(kind: Kind, limits: HTTPLimits) {
    self.kind = kind
    self.limits = limits
    awaitsStartLine = kind != .trailers
  }

  /// Goes on with the head in `bytes`, which begins with what was there the last time.
  /// Returns where the head ends, or nil when it is not complete.
  mutating func advance(_ bytes: Span<UInt8>) throws(HTTPFault) -> Int? {
    if ranges.isEmpty && !awaitsStartLine { ranges.reserveCapacity(12) }
    while let line = try nextLine(bytes) {
      if awaitsStartLine {
        try takeStartLine(bytes, line)
      } else if line.isEmpty {
        return lineStart
      } else {
        guard ranges.count < limits.fields else { throw HTTPFault(.headTooLarge, "too many header fields") }
        ranges.append(try FieldLine.parse(bytes, line))
      }
    }
    return nil
  }

  private mutating func takeStartLine(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPFault) {
    if line.isEmpty {
      // One empty line before a request is forgiven (RFC 9112, section 2.2).
      guard kind == .request, !skippedEmptyLine else { throw HTTPFault(.malformed, "an empty line before the head") }
      skippedEmptyLine = true
      return
    }
    switch kind {
    case .request: requestLine = try RequestLine.parse(bytes, line)
    case .response: statusLine = try StatusLine.parse(bytes, line)
    case .trailers: break
    }
    awaitsStartLine = false
    ranges.reserveCapacity(12)
  }

  /// The next complete line without its CRLF.
  private mutating func nextLine(_ bytes: Span<UInt8>) throws(HTTPFault) -> Range<Int>? {
    guard let lf = bytes.firstIndex(of: Octet.lf, from: scanned) else {
      scanned = bytes.count
      try checkUnfinishedLine(bytes)
      return nil
    }
    try checkLimits(end: lf + 1)
    guard lf > lineStart, bytes[lf - 1] == Octet.cr else {
      throw HTTPFault(.malformed, "a line that does not end with CRLF")
    }
    defer {
      scanned = lf + 1
      lineStart = lf + 1
    }
    return lineStart..<(lf - 1)
  }

  /// Refuses what cannot become right any more, without waiting for the end of the line.
  private func checkUnfinishedLine(_ bytes: Span<UInt8>) throws(HTTPFault) {
    try checkLimits(end: bytes.count)
    guard awaitsStartLine, lineStart < bytes.count else { return }
    let first = bytes[lineStart]
    guard OctetSet.token.contains(first) || first == Octet.cr else {
      throw HTTPFault(.malformed, "this is not HTTP")
    }
  }

  private func checkLimits(end: Int) throws(HTTPFault) {
    if awaitsStartLine && end - lineStart > limits.requestLine {
      throw HTTPFault(.targetTooLong, "the request line is too long")
    }
    if end > limits.head { throw HTTPFault(.headTooLarge, "the header section is too large") }
  }
}

extension Span<UInt8> {
  /// `memchr(3)` from an offset on.
  func firstIndex(of octet: UInt8, from start: Int) -> Int? {
    withUnsafeBufferPointer { buffer in
      guard start < buffer.count, let base = buffer.baseAddress else { return nil }
      guard let found = memchr(base + start, Int32(octet), buffer.count - start) else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}
