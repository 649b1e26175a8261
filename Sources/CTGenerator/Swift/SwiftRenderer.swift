/// Lays out ``Code`` as text: indentation, wrapped comments, nothing else. The same tree gives the same bytes.
struct SwiftRenderer {
  private var text: [UInt8] = []
  private var depth = 0
  /// In bytes.
  private static let width = 116

  static func render(_ codes: [Code]) -> String {
    var renderer = SwiftRenderer()
    for code in codes { renderer.write(code) }
    return String(decoding: renderer.text, as: UTF8.self)
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
      put(header + " {")
      indented(content)
      put("}" + after)
    case .closure(let call, let parameters, let content):
      put("\(call) { \(parameters) in")
      indented(content)
      put("}")
    case .label(let header, let content):
      put(header + ":")
      indented(content)
    }
  }

  /// Lines that belong together, joined; lists and examples keep their lines. A lone carriage return or another of
  /// Unicode's line breaks must not end the comment, so all of them split.
  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var isOpen = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let standsAlone = line.isEmpty || line.hasPrefix("- ") || line.hasPrefix("    ")
      if isOpen, !standsAlone {
        paragraphs[paragraphs.count - 1] += " " + line
      } else {
        paragraphs.append(String(line))
      }
      isOpen = !line.isEmpty && !line.hasPrefix("    ")
    }
    while paragraphs.last?.isEmpty == true { paragraphs.removeLast() }
    return paragraphs
  }

  private mutating func indented(_ codes: [Code]) {
    depth += 1
    for code in codes { write(code) }
    depth -= 1
  }

  private mutating func put(_ line: String) {
    for _ in 0..<2 * depth { text.append(UInt8(ascii: " ")) }
    text += line.utf8
    text.append(UInt8(ascii: "\n"))
  }

  private mutating func putList(_ head: String, _ items: [String], _ tail: String) {
    let line = head + items.joined(separator: ", ") + tail
    if depth * 2 + line.utf8.count <= Self.width || items.isEmpty { return put(line) }
    put(head)
    depth += 1
    var row = ""
    for (index, item) in items.enumerated() {
      let part = item + (index + 1 < items.count ? "," : tail)
      if !row.isEmpty, depth * 2 + row.utf8.count + part.utf8.count + 1 > Self.width {
        put(row)
        row = ""
      }
      row += (row.isEmpty ? "" : " ") + part
    }
    put(row)
    depth -= 1
  }

  private mutating func putWrapped(_ comment: String, prefix: String) {
    for paragraph in Self.paragraphs(comment) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, depth * 2 + prefix.utf8.count + line.utf8.count + word.utf8.count + 1 > Self.width {
          put(prefix + line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      put(line.isEmpty ? String(prefix.dropLast()) : prefix + line)
    }
  }
}
