internal import CTSpec

/// A piece of Swift source: a tree of lines and blocks, laid out by ``SwiftRenderer`` alone.
enum Code: Sendable {
  case line(String)
  /// `header {`, the content one level in, `}` and what follows it.
  case block(String, [Code], after: String = "")
  /// `call { parameters in`, the content one level in, `}`.
  case closure(String, String, [Code])
  /// A `case` of a `switch`: its label, and its content one level in.
  case label(String, [Code])
  /// A documentation comment; wrapped by the renderer.
  case documentation(String)
  case comment(String)
  case blank
  case group([Code])
  /// Content one level in, between lines that open and close it.
  case indented([Code])
  /// `head item, item, … tail`, on one line where it fits, else with the items one level in.
  case list(String, [String], String)
}

extension Code {
  /// Whether a variable of that name is used somewhere in it: in a block that makes one of its own, it is not.
  func mentions(_ name: String) -> Bool {
    switch self {
    case .line(let line): line.containsWord(name)
    case .block(let header, let content, _):
      !header.containsBytes(of: "let \(name) = ")
        && (header.containsWord(name) || content.contains { $0.mentions(name) })
    case .label(let header, let content): header.containsWord(name) || content.contains { $0.mentions(name) }
    case .closure(let call, _, let content): call.containsWord(name) || content.contains { $0.mentions(name) }
    case .group(let content), .indented(let content): content.contains { $0.mentions(name) }
    case .list(let head, let items, _): head.containsWord(name) || items.contains { $0.containsWord(name) }
    case .documentation, .comment, .blank: false
    }
  }
}

extension String {
  /// Whether the text stands in it and is not a part of a longer name, nor a member of something.
  fileprivate func containsWord(_ word: String) -> Bool {
    let (text, word) = (Array(utf8), Array(word.utf8))
    guard text.count >= word.count else { return false }
    return (0...text.count - word.count).contains { start in
      let end = start + word.count
      return text[start..<end].elementsEqual(word)
        && (start == 0 || !(text[start - 1].continuesName || text[start - 1] == UInt8(ascii: ".")))
        && (end == text.count || !text[end].continuesName)
    }
  }
}

extension UInt8 {
  fileprivate var continuesName: Bool {
    self == UInt8(ascii: "_") || 48...57 ~= self || 65...90 ~= self & 0xDF || self >= 0x80
  }
}

/// Parts stay a tree until the end, so that a line costs no array of its own.
@resultBuilder
enum CodeBuilder {
  static func buildExpression(_ line: String) -> Code { .line(line) }
  static func buildExpression(_ code: Code) -> Code { code }
  static func buildExpression(_ codes: [Code]) -> Code { .group(codes) }
  static func buildBlock(_ parts: Code...) -> Code { .group(parts) }
  static func buildOptional(_ part: Code?) -> Code { part ?? .group([]) }
  static func buildEither(first: Code) -> Code { first }
  static func buildEither(second: Code) -> Code { second }
  static func buildArray(_ parts: [Code]) -> Code { .group(parts) }

  /// Without groups: whoever asks whether there is any content can ask whether the array is empty.
  static func buildFinalResult(_ part: Code) -> [Code] {
    guard case .group(let parts) = part else { return [part] }
    if !parts.contains(where: \.isGroup) { return parts }
    var codes: [Code] = []
    codes.reserveCapacity(parts.count)
    part.flatten(into: &codes)
    return codes
  }
}

extension Code {
  fileprivate var isGroup: Bool {
    if case .group = self { true } else { false }
  }

  fileprivate func flatten(into codes: inout [Code]) {
    guard case .group(let parts) = self else { return codes.append(self) }
    for part in parts { part.flatten(into: &codes) }
  }
}

/// A block with content.
func block(_ header: String, @CodeBuilder _ content: () -> [Code]) -> Code { .block(header, content()) }

/// A call with a trailing closure.
func closure(_ call: String, _ parameters: String, @CodeBuilder _ content: () -> [Code]) -> Code {
  .closure(call, parameters, content())
}

/// A `case` of a `switch`.
func label(_ header: String, @CodeBuilder _ content: () -> [Code]) -> Code { .label(header, content()) }

/// Content as a value.
func code(@CodeBuilder _ content: () -> [Code]) -> [Code] { content() }
