/// The bytes of a file as text: whether they are UTF-8, and where an offset stands.
struct SourceText {
  let bytes: [UInt8]
  let file: String
  private let name: FileName
  private var offset = 0
  private var line = 1
  private var column = 1

  /// Takes the bytes of a file without the byte order mark that may stand first.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.file = file
    name = FileName(file)
  }

  /// Where an offset stands. Fast as long as offsets are asked for in ascending order.
  mutating func location(of target: Int) -> SourceLocation {
    if target < offset { (offset, line, column) = (0, 1, 1) }
    while offset < min(target, bytes.count) {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 1)
      } else if offset == bytes.count || bytes[offset] & 0xC0 != 0x80 {
        column += 1
      }
    }
    return place(line: line, column: column)
  }

  func place(line: Int, column: Int) -> SourceLocation { SourceLocation(in: name, line: line, column: column) }

  /// The offset of the first byte that is not UTF-8.
  func firstInvalidByte() -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&rest) { offset += UTF8.width(scalar) }
    return offset
  }
}
