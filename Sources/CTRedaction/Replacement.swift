/// Recognizes what the redactor itself made, so that redacting twice is redacting once: a replayed event keeps its
/// hashes, and still joins with its original.
enum Replacement {
  static let mask: StaticString = "***"

  /// Whether the text is one replacement and nothing else.
  static func isReplacement(_ text: ScannedText) -> Bool {
    switch text[0] {
    case .ascii("h"): return text.hasPrefix("hmac:", at: 0) && isTag(text, from: 5)
    case .ascii("r"): return isPointer(text)
    case .ascii("*"): return text.count == 3 && text.hasPrefix(mask, at: 0)
    case .ascii("["): return isMark(text)
    default: return false
    }
  }

  /// 32 lower-case hexadecimal digits, and the end.
  private static func isTag(_ text: ScannedText, from start: Int) -> Bool {
    text.count == start + 32 && (start..<text.count).allSatisfy { text[$0].isHexDigit && !text[$0].isUppercase }
  }

  private static func isPointer(_ text: ScannedText) -> Bool {
    guard text.count <= 64, text.hasPrefix("redacted:", at: 0) else { return false }
    let size = text.end(from: 9, while: \.isDigit)
    return size > 9 && text[size] == .ascii(":") && isTag(text, from: size + 1)
  }

  private static func isMark(_ text: ScannedText) -> Bool {
    guard text.count <= 32, text[text.count - 1] == .ascii("]") else { return false }
    return Detector.allCases.contains { detector in
      detector.rawValue.utf8.count == text.count - 2
        && detector.rawValue.utf8.enumerated().allSatisfy { text[$0.offset + 1] == $0.element }
    }
  }
}
