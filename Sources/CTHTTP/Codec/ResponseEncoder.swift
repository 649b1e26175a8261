/// Writes responses as octets (RFC 9112, sections 4 and 6).
struct ResponseEncoder {
  var isHeadRequest = false
  var version = HTTPVersion.http11
  var closes = false

  /// Appends a head with its framing, and the body unless it is a stream.
  func encode(_ response: HTTPResponse, date: [UInt8], into output: inout [UInt8]) {
    Self.appendStatusLine(response.status, to: &output)
    Self.appendFields(response.fields, to: &output)
    output.append(contentsOf: date)
    if closes { output.append("Connection: close\r\n") }
    switch response.body {
    case .bytes(let body):
      if !response.status.forbidsBody { Self.appendLength(body.count, to: &output) }
      output.append("\r\n")
      if !isHeadRequest && !response.status.forbidsBody { output.append(contentsOf: body) }
    case .stream:
      if isChunked(response) { output.append("Transfer-Encoding: chunked\r\n") }
      output.append("\r\n")
    }
  }

  /// An HTTP/1.0 client cannot read chunks: there the end of the connection ends the body.
  func isChunked(_ response: HTTPResponse) -> Bool {
    if case .stream = response.body { version == .http11 && !response.status.forbidsBody } else { false }
  }

  /// Appends one chunk. An empty one would end the body, so it is left out.
  static func appendChunk(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    output.append(contentsOf: String(bytes.count, radix: 16).utf8)
    output.append("\r\n")
    output.append(contentsOf: bytes)
    output.append("\r\n")
  }

  static func appendLastChunk(to output: inout [UInt8]) { output.append("0\r\n\r\n") }

  private static func appendStatusLine(_ status: HTTPStatus, to output: inout [UInt8]) {
    output.append("HTTP/1.1 ")
    appendDecimal(status.code, to: &output)
    output.append(Octet.space)
    output.append(contentsOf: status.reason.utf8)
    output.append("\r\n")
  }

  /// The fields but those that the server sets itself.
  private static func appendFields(_ fields: HTTPFields, to output: inout [UInt8]) {
    let wire = fields.wire.span
    var kept = 0
    for range in fields.ranges where isOurs(wire.extracting(range.name)) {
      output.append(wire.extracting(kept..<range.name.lowerBound))
      kept = range.value.upperBound + 2
    }
    output.append(wire.extracting(kept..<wire.count))
  }

  private static func isOurs(_ name: Span<UInt8>) -> Bool {
    switch name.count {
    case 4: name.equalsIgnoringCase("date")
    case 10: name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive")
    case 14: name.equalsIgnoringCase("content-length")
    case 17: name.equalsIgnoringCase("transfer-encoding")
    default: false
    }
  }

  private static func appendLength(_ length: Int, to output: inout [UInt8]) {
    output.append("Content-Length: ")
    appendDecimal(length, to: &output)
    output.append("\r\n")
  }

  private static func appendDecimal(_ number: Int, to output: inout [UInt8]) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(Octet.zero + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}

extension [UInt8] {
  mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
