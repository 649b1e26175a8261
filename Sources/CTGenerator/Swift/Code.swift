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
  /// A block with more at its end; what is no block stays as it is.
  func appending(_ more: [Code]) -> Code {
    guard case .block(let header, let content, let after) = self else { return self }
    return .block(header, content + more, after: after)
  }

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
    var (text, word) = (self, word)
    return text.withUTF8 { text in word.withUTF8 { text.containsWord($0) } }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func containsWord(_ word: Self) -> Bool {
    guard count >= word.count, let first = word.first else { return false }
    for start in 0...count - word.count where self[start] == first {
      let end = start + word.count
      if self[start..<end].elementsEqual(word),
        start == 0 || !(self[start - 1].continuesName || self[start - 1] == UInt8(ascii: ".")),
        end == count || !self[end].continuesName
      {
        return true
      }
    }
    return false
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

  /// Empty where there is no content: whoever asks for that can ask the array.
  static func buildFinalResult(_ part: Code) -> [Code] {
    guard case .group(let parts) = part else { return [part] }
    return part.hasContent ? parts : []
  }
}

extension Code {
  /// Whether it is more than empty groups.
  fileprivate var hasContent: Bool {
    if case .group(let parts) = self { parts.contains(where: \.hasContent) } else { true }
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
