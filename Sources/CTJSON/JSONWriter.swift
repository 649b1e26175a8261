/// Writes JSON texts (RFC 8259) as UTF-8 bytes.
///
/// Strings escape what section 7 requires and nothing more: the quotation mark, the backslash and the control
/// characters. Numbers are written as their lexemes.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Style: Sendable {
    /// No white space at all.
    case compact
    /// Two spaces for each level and a line break at the end.
    case pretty
  }

  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []
  private let style: Style

  public init(_ style: Style = .compact) { self.style = style }

  /// The bytes of a value.
  public static func write(_ value: JSONValue, _ style: Style = .compact) -> [UInt8] {
    var writer = JSONWriter(style)
    writer.append(value, depth: 0)
    if style == .pretty { writer.bytes.append(UInt8(ascii: "\n")) }
    return writer.bytes
  }

  private mutating func append(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .number(let number): append(number.lexeme)
    case .string(let string): JSONWriter.append(string: string, to: &bytes)
    case .array(let elements):
      appendList(elements, between: ("[", "]"), depth: depth) { $0.append($1, depth: depth + 1) }
    case .object(let members):
      appendList(members, between: ("{", "}"), depth: depth) { writer, member in
        JSONWriter.append(string: member.key, to: &writer.bytes)
        writer.append(writer.style == .pretty ? ": " : ":")
        writer.append(member.value, depth: depth + 1)
      }
    }
  }

  private mutating func appendList<Item>(
    _ items: [Item], between marks: (open: String, close: String), depth: Int,
    _ appendItem: (inout JSONWriter, Item) -> Void
  ) {
    append(marks.open)
    for (index, item) in items.enumerated() {
      if index > 0 { append(",") }
      breakLine(depth: depth + 1)
      appendItem(&self, item)
    }
    if !items.isEmpty { breakLine(depth: depth) }
    append(marks.close)
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func breakLine(depth: Int) {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }
}

extension JSONWriter {
  /// Appends a string with its quotation marks and escapes.
  public static func append(string: String, to bytes: inout [UInt8]) {
    var string = string
    string.withUTF8 { text in
      bytes.append(UInt8(ascii: "\""))
      var start = 0
      for index in text.indices where !isPlain(text[index]) {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        appendEscape(of: text[index], to: &bytes)
        start = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
