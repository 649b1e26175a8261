/// One place where an instance breaks its JSON Schema (2020-12).
public struct SchemaViolation: Hashable, Sendable {
  /// RFC 6901 pointer to the value at fault; empty for the whole document.
  public var pointer: String
  /// The keyword that is broken, such as `maxLength`.
  public var keyword: String
  /// What was expected and what was found, without the value itself: it may be personal data.
  public var detail: String

  public init(pointer: String, keyword: String, detail: String) {
    self.pointer = pointer
    self.keyword = keyword
    self.detail = detail
  }
}
