/// A status line (RFC 9112, section 4): HTTP-version SP status-code SP [reason-phrase].
struct StatusLine: Sendable {
  var version: HTTPVersion
  var status: HTTPStatus

  static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPFault) -> StatusLine {
    let text = bytes.extracting(line)
    guard text.count >= 12, text.starts(with: "HTTP/1."), text[7] == 0x30 || text[7] == 0x31, text[8] == Octet.space
    else { throw HTTPFault(.malformed, "the status line does not begin with HTTP/1.x") }
    var code = 0
    for index in 9..<12 {
      guard Octet.isDigit(text[index]) else { throw HTTPFault(.malformed, "the status code is not three digits") }
      code = code * 10 + Int(text[index] - Octet.zero)
    }
    guard code >= 100, text.count == 12 || text[12] == Octet.space else {
      throw HTTPFault(.malformed, "the status code is not three digits")
    }
    let reason = text.extracting(min(13, text.count)..<text.count)
    for index in 0..<reason.count where !Octet.isFieldValue(reason[index]) {
      throw HTTPFault(.malformed, "a control character in the reason phrase")
    }
    let phrase = reason.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    return StatusLine(
      version: text[7] == 0x31 ? .http11 : .http10, status: HTTPStatus(code: code, reason: phrase))
  }
}
