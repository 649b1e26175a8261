/// Lays out ``Code`` as text: indentation, wrapped comments, nothing else. The same tree gives the same bytes.
struct SwiftRenderer {
  private var text: [UInt8] = []
  private var depth = 0
  /// In bytes.
  private static let width = 116

  static func render(_ codes: [Code]) -> [UInt8] {
    var renderer = SwiftRenderer()
    for code in codes { renderer.write(code) }
    return renderer.text
  }

  private mutating func write(_ code: Code) {
    switch code {
    case .line(let line): put(line)
    case .blank: text.append(UInt8(ascii: "\n"))
    case .comment(let comment): putWrapped(comment, prefix: "// ")
    case .documentation(let comment): putWrapped(comment, prefix: "/// ")
    case .group(let codes): for code in codes { write(code) }
    case .indented(let codes): indented(codes)
    case .list(let head, let items, let tail): putList(head, items, tail)
    case .block(let header, let content, let after):
      put(header, " {")
      indented(content)
      put("}", after)
    case .closure(let call, let parameters, let content):
      put("\(call) { \(parameters) in")
      indented(content)
      put("}")
    case .label(let header, let content):
      put(header, ":")
      indented(content)
    }
  }

  private mutating func indented(_ codes: [Code]) {
    depth += 1
    for code in codes { write(code) }
    depth -= 1
  }

  private mutating func indent() { text += repeatElement(UInt8(ascii: " "), count: 2 * depth) }

  private mutating func put(_ line: String, _ end: String = "") {
    indent()
    text += line.utf8
    text += end.utf8
    text.append(UInt8(ascii: "\n"))
  }

  private mutating func putList(_ head: String, _ items: [String], _ tail: String) {
    let length = items.reduce(head.utf8.count + tail.utf8.count + 2 * (items.count - 1)) { $0 + $1.utf8.count }
    if depth * 2 + length <= Self.width || items.isEmpty {
      indent()
      text += head.utf8
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", ".utf8 }
        text += item.utf8
      }
      text += tail.utf8
      return text.append(UInt8(ascii: "\n"))
    }
    put(head)
    depth += 1
    putRows(items, tail)
    depth -= 1
  }

  private mutating func putRows(_ items: [String], _ tail: String) {
    var used = 0
    for (index, item) in items.enumerated() {
      let end = index + 1 < items.count ? "," : tail
      let length = item.utf8.count + end.utf8.count
      putWord(item.utf8, length, &used)
      text += end.utf8
    }
    text.append(UInt8(ascii: "\n"))
  }

  /// Writes what goes into a row, on a new one where it does not fit; `used` is what the row holds.
  private mutating func putWord(
    _ word: some Collection<UInt8>, _ length: Int, _ used: inout Int, prefix: StaticString = ""
  ) {
    if used > 0, depth * 2 + prefix.utf8CodeUnitCount + used + length + 1 > Self.width {
      text.append(UInt8(ascii: "\n"))
      used = 0
    }
    if used == 0 {
      indent()
      prefix.withUTF8Buffer { text += $0 }
    } else {
      text.append(UInt8(ascii: " "))
      used += 1
    }
    text += word
    used += length
  }

  private mutating func putWrapped(_ comment: String, prefix: StaticString) {
    for paragraph in CommentText.paragraphs(comment) {
      var used = 0
      for word in paragraph { putWord(word, word.count, &used, prefix: prefix) }
      if used == 0 {
        indent()
        prefix.withUTF8Buffer { text += $0.dropLast() }
      }
      text.append(UInt8(ascii: "\n"))
    }
  }
}
