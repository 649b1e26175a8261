/// The request target (RFC 9112, section 3.2): origin form, absolute form, or `*` for OPTIONS.
enum RequestTarget {
  static func parse(
    _ bytes: Span<UInt8>, _ target: Range<Int>, method: HTTPMethod, version: HTTPVersion
  ) throws(HTTPFault) -> RequestLine {
    let whole = UInt32(target.lowerBound)..<UInt32(target.upperBound)
    var line = RequestLine(method: method, version: version, target: whole, path: whole, query: nil)
    let text = bytes.extracting(target)
    if text.count == 1, text[0] == 0x2A {
      guard method == .options else { throw HTTPFault(.malformed, "the target * is for OPTIONS only") }
      return line
    }
    var pathStart = target.lowerBound
    if text.isEmpty || text[0] != Octet.slash {
      pathStart += try authorityEnd(text)
      line.isAbsolute = true
    }
    let pathEnd = try end(of: .path, bytes, pathStart..<target.upperBound)
    line.path = UInt32(pathStart)..<UInt32(pathEnd)
    if pathEnd < target.upperBound {
      let queryEnd = try end(of: .query, bytes, (pathEnd + 1)..<target.upperBound)
      guard bytes[pathEnd] == Octet.question, queryEnd == target.upperBound else { throw badTarget }
      line.query = UInt32(pathEnd + 1)..<UInt32(queryEnd)
    }
    return line
  }

  /// Where the authority of an absolute-form target ends.
  private static func authorityEnd(_ text: Span<UInt8>) throws(HTTPFault) -> Int {
    let scheme: Int
    if text.starts(with: "http://", ignoringCase: true) {
      scheme = 7
    } else if text.starts(with: "https://", ignoringCase: true) {
      scheme = 8
    } else {
      throw badTarget
    }
    var end = scheme
    while end < text.count, text[end] != Octet.slash, text[end] != Octet.question { end += 1 }
    guard Authority.isValid(text.extracting(scheme..<end)) else { throw badTarget }
    return end
  }

  private static func end(
    of allowed: OctetSet, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(HTTPFault) -> Int {
    var index = range.lowerBound
    while index < range.upperBound, allowed.contains(bytes[index]) {
      if bytes[index] == Octet.percent {
        guard index + 2 < range.upperBound, Octet.hexValue(bytes[index + 1]) != nil,
          Octet.hexValue(bytes[index + 2]) != nil
        else { throw HTTPFault(.malformed, "a % in the target without two hexadecimal digits") }
      }
      index += 1
    }
    return index
  }

  private static var badTarget: HTTPFault { HTTPFault(.malformed, "the request target is not valid") }
}

/// `host [":" port]` (RFC 3986, section 3.2), without user information.
enum Authority {
  static func isValid(_ text: Span<UInt8>) -> Bool {
    guard let hostEnd = hostEnd(text) else { return false }
    guard hostEnd < text.count else { return true }
    guard text[hostEnd] == Octet.colon, text.count - hostEnd <= 6 else { return false }
    var port = 0
    for index in (hostEnd + 1)..<text.count {
      guard Octet.isDigit(text[index]) else { return false }
      port = port * 10 + Int(text[index] - Octet.zero)
    }
    return port <= 65535
  }

  /// Stricter than `reg-name`: the sub-delimiters it allows never stand in a host that exists.
  private static func hostEnd(_ text: Span<UInt8>) -> Int? {
    guard !text.isEmpty else { return nil }
    let isLiteral = text[0] == 0x5B
    let allowed = isLiteral ? OctetSet.addressLiteral : OctetSet.unreserved
    var index = isLiteral ? 1 : 0
    let start = index
    while index < text.count, allowed.contains(text[index]) {
      if !isLiteral && text[index] == Octet.colon { break }
      index += 1
    }
    guard index > start else { return nil }
    guard isLiteral else { return index }
    return index < text.count && text[index] == 0x5D ? index + 1 : nil
  }
}
