/// Lays out ``Code`` as text: indentation, wrapped comments, nothing else. The same tree gives the same bytes.
struct SwiftRenderer {
  private var text = ""
  private var depth = 0
  private static let width = 116

  static func render(_ codes: [Code]) -> String {
    var renderer = SwiftRenderer()
    for code in codes { renderer.write(code) }
    return renderer.text
  }

  private mutating func write(_ code: Code) {
    switch code {
    case .line(let line): put(line)
    case .blank: text += "\n"
    case .comment(let comment): putWrapped(comment, prefix: "// ")
    case .documentation(let comment): putWrapped(comment, prefix: "/// ")
    case .group(let codes): for code in codes { write(code) }
    case .group(indented: let codes): indented(codes)
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

  private mutating func indented(_ codes: [Code]) {
    depth += 1
    for code in codes { write(code) }
    depth -= 1
  }

  private mutating func put(_ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  private mutating func putWrapped(_ comment: String, prefix: String) {
    // A lone carriage return or another of Unicode's line breaks must not end the comment.
    for paragraph in comment.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, depth * 2 + prefix.count + line.count + word.count + 1 > Self.width {
          put(prefix + line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      put(line.isEmpty ? String(prefix.dropLast()) : prefix + line)
    }
  }
}
