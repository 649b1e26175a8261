internal import CTJSON

/// Finds the JSON Pointers (RFC 6901) of values by where they start in the text.
enum PointerFinder {
  static func pointers(to offsets: [Int], in bytes: [UInt8]) -> [Int: String] {
    let wanted = Set(offsets)
    var found: [Int: String] = [:]
    JSONReader.read(bytes) { json in visit(&json, "", wanted, &found) }
    return found
  }

  private static func visit(
    _ json: inout JSONReader, _ pointer: String, _ wanted: Set<Int>, _ found: inout [Int: String]
  ) {
    guard let kind = json.peek() else { return }
    if wanted.contains(json.offset) { found[json.offset] = pointer }
    switch kind {
    case .object:
      json.beginObject()
      while let name = json.nextMember() { visit(&json, "\(pointer)/\(escape(json.string(name)))", wanted, &found) }
    case .array:
      json.beginArray()
      var index = 0
      while json.nextElement() {
        visit(&json, "\(pointer)/\(index)", wanted, &found)
        index += 1
      }
    default: json.skipValue()
    }
  }

  /// `~` and `/` as a reference token has them (RFC 6901, section 3).
  static func escape(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var escaped = ""
    for scalar in token.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
