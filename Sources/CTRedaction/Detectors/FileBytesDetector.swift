/// Documents in text: base64 data URIs (RFC 2397) and long stretches of base64 (RFC 4648), also in lines (RFC 2045).
///
/// A stretch counts from 160 characters if it mixes capitals, small letters and digits and has few of `+/-_`, which
/// keeps digests, paths and lists of identifiers out; from 1,024 characters whatever it is made of.
enum FileBytesDetector {
  private static let shortest = 160
  private static let certain = 1024

  static func scan(_ text: ScannedText, _ findings: inout Findings) {
    var index = 0
    while index < text.count {
      guard isBase64(text[index]) else {
        index += 1
        continue
      }
      let stretch = Stretch(text, from: index)
      if stretch.isFile || (stretch.end - index >= 16 && isDataURI(text, dataAt: index)) {
        let start = dataURIStart(text, dataAt: index) ?? index
        findings.add(.fileBytes, start..<stretch.end)
      }
      index = stretch.end
    }
  }

  private struct Stretch {
    var end: Int
    var isFile: Bool

    init(_ text: ScannedText, from start: Int) {
      var index = start
      var (capitals, small, digits, other, length) = (0, 0, 0, 0, 0)
      end = start
      while true {
        let byte = text[index]
        if byte.isUppercase {
          capitals += 1
        } else if byte.isLowercase {
          small += 1
        } else if byte.isDigit {
          digits += 1
        } else if FileBytesDetector.isBase64(byte) {
          other += 1
        } else {
          guard let next = FileBytesDetector.lineBreak(text, index, length: length) else { break }
          index = next
          continue
        }
        length += 1
        index += 1
        end = index
      }
      let isMixed = capitals > 8 && small > 8 && digits > 4 && other * 8 <= length
      isFile = length >= certain || (length >= shortest && isMixed)
    }
  }

  static func isBase64(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == .ascii("+") || byte == .ascii("/") || byte == .ascii("=") || byte == .ascii("-")
      || byte == .ascii("_")
  }

  /// Past a line break within base64: real, or written as `\n` or `\r\n`.
  private static func lineBreak(_ text: ScannedText, _ index: Int, length: Int) -> Int? {
    guard length >= 60 else { return nil }
    var next = index
    if text[next] == 0x0D { next += 1 }
    if text[next] == 0x0A {
      next += 1
    } else if next == index, text[next] == .ascii("\\") {
      next += text[next + 1] == .ascii("r") && text[next + 2] == .ascii("\\") ? 3 : 1
      next = text[next] == .ascii("n") ? next + 1 : index
    }
    return next > index && isBase64(text[next]) ? next : nil
  }

  private static func isDataURI(_ text: ScannedText, dataAt index: Int) -> Bool {
    text.hasWord(";base64,", at: index - 8)
  }

  /// Where `data:` stands before `;base64,`, at most 100 bytes before.
  private static func dataURIStart(_ text: ScannedText, dataAt index: Int) -> Int? {
    guard isDataURI(text, dataAt: index) else { return nil }
    var place = index - 8
    while place > max(0, index - 108) {
      place -= 1
      if text[place] == .ascii("d"), text.hasWord("data:", at: place) { return place }
    }
    return nil
  }
}
