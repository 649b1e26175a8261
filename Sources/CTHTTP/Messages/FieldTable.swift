/// Where one field stands in the octets of its head.
struct FieldRange: Sendable {
  var nameStart: UInt32
  var nameEnd: UInt32
  var valueStart: UInt32
  var valueEnd: UInt32

  var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
  var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}

/// Look-ups shared by the fields of requests and of responses: one array of octets and where the fields are in it.
enum FieldTable {
  /// The index of the first field at or after `start` that has this name, whatever the case.
  static func firstIndex(of name: String, in bytes: [UInt8], _ ranges: [FieldRange], from start: Int = 0) -> Int? {
    let name = name.utf8
    let count = name.count
    for index in start..<ranges.count {
      let range = ranges[index]
      guard Int(range.nameEnd &- range.nameStart) == count else { continue }
      if matches(name, bytes, at: Int(range.nameStart)) { return index }
    }
    return nil
  }

  private static func matches(_ name: String.UTF8View, _ bytes: [UInt8], at start: Int) -> Bool {
    var index = start
    for octet in name {
      if Octet.lowercased(octet) != Octet.lowercased(bytes[index]) { return false }
      index += 1
    }
    return true
  }
}
