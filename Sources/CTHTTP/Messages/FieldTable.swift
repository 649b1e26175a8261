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
    var name = name
    return name.withUTF8 { name in
      for index in start..<ranges.count {
        let range = ranges[index]
        guard Int(range.nameEnd &- range.nameStart) == name.count else { continue }
        if matches(name, bytes, at: Int(range.nameStart)) { return index }
      }
      return nil
    }
  }

  private static func matches(_ name: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], at start: Int) -> Bool {
    for index in 0..<name.count where Octet.lowercased(name[index]) != Octet.lowercased(bytes[start + index]) {
      return false
    }
    return true
  }
}
