/// One field line (RFC 9112, section 5; RFC 9110, section 5.5).
enum FieldLine {
  static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPFault) -> FieldRange {
    var index = line.lowerBound
    if Octet.isBlank(bytes[index]) { throw HTTPFault(.malformed, "a folded header line (obs-fold)") }
    while index < line.upperBound, OctetSet.token.contains(bytes[index]) { index += 1 }
    let nameEnd = index
    guard index < line.upperBound, bytes[index] == Octet.colon, nameEnd > line.lowerBound else {
      throw nameFault(bytes, line, at: index)
    }
    index += 1
    var end = line.upperBound
    while index < end, Octet.isBlank(bytes[index]) { index += 1 }
    while end > index, Octet.isBlank(bytes[end - 1]) { end -= 1 }
    for position in index..<end where !Octet.isFieldValue(bytes[position]) {
      throw HTTPFault(.malformed, "a control character in a field value")
    }
    return FieldRange(
      nameStart: UInt32(line.lowerBound), nameEnd: UInt32(nameEnd), valueStart: UInt32(index), valueEnd: UInt32(end))
  }

  private static func nameFault(_ bytes: Span<UInt8>, _ line: Range<Int>, at index: Int) -> HTTPFault {
    // Section 5.1: white space before the colon has led to request smuggling.
    if index < line.upperBound, Octet.isBlank(bytes[index]) {
      return HTTPFault(.malformed, "white space between field name and colon")
    }
    return HTTPFault(.malformed, "a header line without a valid field name")
  }
}
