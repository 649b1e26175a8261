import CYAML

/// Where libyaml's marks stand in a file.
///
/// libyaml counts lines by YAML 1.1, to which U+0085, U+2028 and U+2029 are line breaks; to YAML 1.2 they are none (section
/// 5.4), nor to any editor. And it ends a last line that has no line break, so that the end of the text lies on a line
/// that is not there. Both are told by the mark's index, which counts code points.
struct YAMLMarks {
  private let text: SourceText
  /// Code points in the text.
  private let count: Int
  private let hasForeignBreaks: Bool
  /// How far the text has been counted, for the marks that libyaml cannot be asked about.
  private var offset = 0
  private var index = 0
  private var line = 1
  private var column = 1

  init(_ text: SourceText) {
    self.text = text
    count = text.bytes.count { $0 & 0xC0 != 0x80 }
    hasForeignBreaks = count < text.bytes.count && Self.hasForeignBreaks(text.bytes)
  }

  private static func hasForeignBreaks(_ bytes: [UInt8]) -> Bool {
    bytes.indices.dropFirst().contains { index in
      switch (bytes[index - 1], bytes[index]) {
      case (0xC2, 0x85): true
      case (0x80, 0xA8), (0x80, 0xA9): index > 1 && bytes[index - 2] == 0xE2
      default: false
      }
    }
  }

  /// Lines and columns of libyaml count from 0, columns in code points.
  mutating func location(_ mark: yaml_mark_t) -> SourceLocation {
    let target = Int(mark.index)
    guard hasForeignBreaks || target >= count else {
      return text.place(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
    advance(to: min(target, count))
    return text.place(line: line, column: column)
  }

  private mutating func advance(to target: Int) {
    if target < index { (offset, index, line, column) = (0, 0, 1, 1) }
    while index < target {
      let byte = text.bytes[offset]
      repeat { offset += 1 } while offset < text.bytes.count && text.bytes[offset] & 0xC0 == 0x80
      index += 1
      let isBreak =
        byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r") && (offset == text.bytes.count || text.bytes[offset] != UInt8(ascii: "\n"))
      (line, column) = isBreak ? (line + 1, 1) : (line, column + 1)
    }
  }
}
