/// A field name (RFC 9110, section 5.1). It cannot be invalid; names are equal whatever their case.
public struct HTTPFieldName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name as written.
  public let text: String

  /// Nil when `text` is not a token (RFC 9110, section 5.6.2).
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy(OctetSet.token.contains) else { return nil }
    self.text = text
  }

  /// For a name written in the source.
  ///
  /// - Precondition: the literal is a token.
  public init(stringLiteral text: StaticString) {
    guard let name = Self("\(text)") else { preconditionFailure("not a field name: \(text)") }
    self = name
  }

  public var description: String { text }

  public static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.count == right.text.utf8.count
      && zip(left.text.utf8, right.text.utf8).allSatisfy { Octet.lowercased($0) == Octet.lowercased($1) }
  }

  public func hash(into hasher: inout Hasher) {
    for octet in text.utf8 { hasher.combine(Octet.lowercased(octet)) }
  }
}
