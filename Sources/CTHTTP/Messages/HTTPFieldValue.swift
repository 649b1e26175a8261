/// A field value (RFC 9110, section 5.5). It cannot hold CR, LF, NUL or another control character,
/// so no response can be split by what a caller put into a header.
public struct HTTPFieldValue: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The value as it goes onto the wire.
  public let text: String

  /// Nil when `text` holds a control character other than HTAB, or begins or ends with white space.
  public init?(_ text: String) {
    guard text.utf8.allSatisfy(Octet.isFieldValue), !Self.hasOuterBlank(text) else { return nil }
    self.text = text
  }

  /// Every forbidden octet replaced by `?`: for text that somebody else wrote and that is only shown.
  public init(lossy text: String) {
    let octets = text.utf8.map { Octet.isFieldValue($0) ? $0 : Octet.question }
    let kept = octets.drop(while: Octet.isBlank)
    let end = kept.lastIndex { !Octet.isBlank($0) }.map { $0 + 1 } ?? kept.startIndex
    self.text = String(decoding: kept[..<end], as: UTF8.self)
  }

  /// A decimal number.
  public init(_ number: some BinaryInteger) { text = String(number) }

  /// For a value written in the source.
  ///
  /// - Precondition: the literal is a valid field value.
  public init(stringLiteral text: StaticString) {
    guard let value = Self("\(text)") else { preconditionFailure("not a field value: \(text)") }
    self = value
  }

  public var description: String { text }

  private static func hasOuterBlank(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return Octet.isBlank(first) || Octet.isBlank(last)
  }
}
