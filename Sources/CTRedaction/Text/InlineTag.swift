/// The tags of HTML that change how letters look and part no words: `<b>`, `</strong>`, `<wbr/>`.
///
/// A tag with attributes is none of them: what an attribute holds is to be looked at.
enum InlineTag {
  private static let names: [StaticString] = [
    "b", "i", "u", "s", "em", "strong", "span", "wbr", "mark", "small", "big", "sub", "sup", "font", "tt",
  ]

  /// Where the tag ends that starts at `start`. The look is bounded.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { end(in: ScannedText($0), from: start) }
  }

  private static func end(in text: ScannedText, from start: Int) -> Int? {
    let name = text[start + 1] == .ascii("/") ? start + 2 : start + 1
    for tag in names where text.hasWord(tag, at: name) {
      var end = name + tag.utf8CodeUnitCount
      if text[end] == 0x20 { end += 1 }
      if text[end] == .ascii("/") { end += 1 }
      if text[end] == .ascii(">") { return end + 1 }
    }
    return nil
  }
}
