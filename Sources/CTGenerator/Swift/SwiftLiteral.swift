/// A Swift string literal.
func literal(_ text: String) -> String {
  var text = text
  // By bytes: the whole document is one, and nearly all of it stands for itself.
  let escaped = text.withUTF8 { bytes in
    var escaped: [UInt8] = [UInt8(ascii: "\"")]
    escaped.reserveCapacity(bytes.count + bytes.count / 8 + 2)
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, standsForItself(bytes[end]) { end += 1 }
      escaped += bytes[start..<end]
      start = end
      if end < bytes.count { start = appendEscape(bytes, at: end, to: &escaped) }
    }
    escaped.append(UInt8(ascii: "\""))
    return escaped
  }
  return String(decoding: escaped, as: UTF8.self)
}

private func standsForItself(_ byte: UInt8) -> Bool {
  0x20..<0x7F ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
}

/// - Returns: where the next character begins.
private func appendEscape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, to escaped: inout [UInt8]) -> Int {
  switch bytes[index] {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"):
    escaped.append(UInt8(ascii: "\\"))
    escaped.append(bytes[index])
  case UInt8(ascii: "\n"):
    escaped.append(UInt8(ascii: "\\"))
    escaped.append(UInt8(ascii: "n"))
  case UInt8(ascii: "\r"): escaped += "\\r".utf8
  case UInt8(ascii: "\t"): escaped += "\\t".utf8
  default:
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let scalars = String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars
    for scalar in scalars { escaped += "\\u{\(String(scalar.value, radix: 16))}".utf8 }
    return end
  }
  return index + 1
}
