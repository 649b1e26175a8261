/// The text of a comment as paragraphs of words, ready to be wrapped.
enum CommentText {
  /// Lines that belong together, joined; lists and examples keep their lines. A lone carriage return or another of
  /// Unicode's line breaks must not end the comment, so all of them split.
  static func paragraphs(_ text: String) -> [[ArraySlice<UInt8>]] {
    var paragraphs: [[ArraySlice<UInt8>]] = []
    var isOpen = false
    var emptyLines = 0
    for line in lines(Array(text.utf8)) {
      let isExample = line.starts(with: "    ".utf8)
      let standsAlone = line.isEmpty || line.starts(with: "- ".utf8) || isExample
      let words = line.split(separator: UInt8(ascii: " "))
      if isOpen, !standsAlone {
        paragraphs[paragraphs.count - 1] += words
      } else {
        paragraphs.append(words)
      }
      isOpen = !line.isEmpty && !isExample
      emptyLines = line.isEmpty ? emptyLines + 1 : 0
    }
    return paragraphs.dropLast(emptyLines)
  }

  /// By bytes: comments are a good part of all that is written.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var (start, index) = (0, 0)
    while index < bytes.count {
      let length = lineBreak(bytes, at: index)
      if length > 0 {
        lines.append(bytes[start..<index])
        start = index + length
      }
      index += max(length, 1)
    }
    lines.append(bytes[start...])
    return lines
  }

  /// The bytes of the line break that begins here, if one does (Unicode, section 5.8).
  private static func lineBreak(_ bytes: [UInt8], at index: Int) -> Int {
    func follows(_ rest: UInt8...) -> Bool { bytes[(index + 1)...].starts(with: rest) }
    switch bytes[index] {
    case 0x0D: return follows(0x0A) ? 2 : 1
    case 0x0A...0x0C: return 1
    case 0xC2: return follows(0x85) ? 2 : 0
    case 0xE2: return follows(0x80, 0xA8) || follows(0x80, 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
