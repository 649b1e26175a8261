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
  /// Whether a name stands somewhere in it.
  func mentions(_ name: String) -> Bool {
    switch self {
    case .line(let line): line.containsBytes(of: name)
    case .block(let header, let content, _), .label(let header, let content):
      header.containsBytes(of: name) || content.contains { $0.mentions(name) }
    case .closure(let call, _, let content): call.containsBytes(of: name) || content.contains { $0.mentions(name) }
    case .group(let content), .indented(let content): content.contains { $0.mentions(name) }
    case .list(let head, let items, _): head.containsBytes(of: name) || items.contains { $0.containsBytes(of: name) }
    case .documentation, .comment, .blank: false
    }
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
