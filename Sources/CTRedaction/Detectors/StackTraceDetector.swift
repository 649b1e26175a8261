/// Stack traces: two lines or more that look like frames. The whole text is then one: its lines hold arguments, paths
/// with people's names, and messages.
///
/// The frames of JavaScript, Java, .NET (`at f (x:1)`), Python (`File "x", line 1`), Go (`/x.go:1 +0x1`), Swift, C
/// and Rust (`3 0x00007f…`, `3: f`), Ruby (`from x.rb:1:in`) and PHP (`#0 x.php(1)`).
enum StackTraceDetector {
  /// How much of a line is looked at.
  private static let longestLook = 240

  static func isStackTrace(_ text: ScannedText) -> Bool {
    var frames = 0
    var line = 0
    while line < text.count {
      let end = lineEnd(text, from: line)
      if isFrame(text, line..<min(end, line + longestLook)) { frames += 1 }
      if frames == 2 { return true }
      // Past the break: real, or written as `\n`.
      line = text[end] == .ascii("\\") ? end + 2 : end + 1
    }
    return false
  }

  private static func lineEnd(_ text: ScannedText, from start: Int) -> Int {
    var index = start
    while index < text.count {
      if text[index] == 0x0A { return index }
      if text[index] == .ascii("\\"), text[index + 1] == .ascii("n") { return index }
      index += 1
    }
    return index
  }

  private static func isFrame(_ text: ScannedText, _ line: Range<Int>) -> Bool {
    var start = line.lowerBound
    while start < line.upperBound, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    if text[start] == .ascii("\\"), text[start + 1] == .ascii("t") { start += 2 }
    let rest = start..<max(start, line.upperBound)
    switch text[start] {
    case .ascii("a"): return text.hasPrefix("at ", at: start) && hasPlace(text, rest)
    case .ascii("F"): return text.hasPrefix("File \"", at: start) && has(", line ", text, rest)
    case .ascii("f"): return text.hasPrefix("from ", at: start) && has(":in ", text, rest)
    case .ascii("T"): return text.hasPrefix("Traceback (most recent call", at: start)
    case .ascii("C"): return text.hasPrefix("Caused by: ", at: start)
    case .ascii("g"): return text.hasPrefix("goroutine ", at: start) && text[start + 10].isDigit
    case .ascii("/"): return has(".go:", text, rest)
    case .ascii("#"): return text[start + 1].isDigit && (has("0x", text, rest) || has(".php(", text, rest))
    case 48...57: return isNumbered(text, rest)
    default: return has("@", text, rest) && has(".js:", text, rest)
    }
  }

  /// `3   libswiftCore.so  0x00007f…` or `  3: core::panicking::panic`.
  private static func isNumbered(_ text: ScannedText, _ line: Range<Int>) -> Bool {
    let number = text.end(from: line.lowerBound, while: \.isDigit)
    if text[number] == .ascii(":"), text[number + 1] == 0x20 { return has("::", text, line) || has("0x", text, line) }
    return text[number] == 0x20 && has(" 0x", text, line)
  }

  /// A parenthesis, or a colon with a digit after it: where frames say the place.
  private static func hasPlace(_ text: ScannedText, _ line: Range<Int>) -> Bool {
    line.contains {
      text[$0] == .ascii("(") || (text[$0] == .ascii(":") && text[$0 + 1].isDigit && text[$0 - 2] != 0x20)
    }
  }

  private static func has(_ part: StaticString, _ text: ScannedText, _ line: Range<Int>) -> Bool {
    line.contains { text[$0] == part.utf8Start[0] && text.hasPrefix(part, at: $0) }
  }
}
