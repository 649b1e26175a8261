internal import CTJSON

/// Finds the JSON Pointers (RFC 6901) of values by where they start in the text, in one walk over it. Pointers are made for
/// those values only, so that long names and many values do not multiply.
enum PointerFinder {
  static func pointers(to offsets: [Int], in bytes: [UInt8]) -> [Int: String] {
    var walk = PointerWalk(wanted: Set(offsets))
    JSONReader.read(bytes) { json in walk.visit(&json) }
    return walk.found
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

private struct PointerWalk {
  let wanted: Set<Int>
  var found: [Int: String] = [:]
  /// The pointer to where the walk is.
  private var pointer: [UInt8] = []

  init(wanted: Set<Int>) { self.wanted = wanted }

  mutating func visit(_ json: inout JSONReader) {
    guard let kind = json.peek() else { return }
    if wanted.contains(json.offset) { found[json.offset] = String(decoding: pointer, as: UTF8.self) }
    let length = pointer.count
    switch kind {
    case .object:
      json.beginObject()
      while let name = json.nextMember() {
        json.withBytes(of: name) { pointer.appendToken($0) }
        visit(&json)
        pointer.removeSubrange(length...)
      }
    case .array:
      json.beginArray()
      var index = 0
      while json.nextElement() {
        pointer.append(UInt8(ascii: "/"))
        pointer.append(contentsOf: String(index).utf8)
        visit(&json)
        pointer.removeSubrange(length...)
        index += 1
      }
    default: json.skipValue()
    }
  }
}

extension [UInt8] {
  /// Appends a reference token to a JSON Pointer (RFC 6901, section 3).
  mutating func appendToken(_ token: some Sequence<UInt8>) {
    append(UInt8(ascii: "/"))
    for byte in token {
      switch byte {
      case UInt8(ascii: "~"): append(contentsOf: "~0".utf8)
      case UInt8(ascii: "/"): append(contentsOf: "~1".utf8)
      default: append(byte)
      }
    }
  }
}
