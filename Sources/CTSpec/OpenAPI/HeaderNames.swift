/// Names of header fields: tokens (RFC 9110, sections 5.1 and 5.6.2).
enum HeaderNames {
  /// Whether a message can have a field of that name.
  static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}

extension OpenAPIContext {
  func check(headerName name: String, at location: SourceLocation) {
    if HeaderNames.isToken(name) { return }
    error(
      "header-name", at: location,
      "'\(name)' cannot be the name of a header: it must consist of letters, digits and !#$%&'*+-.^_`|~")
  }
}
