/// Up to 19 digits from one place on, read across single separators: `4111 1111 1111 1111`, `07700-900123`.
///
/// It looks ahead a bounded way and allocates nothing, so that a detector may start one at every group of digits and
/// stay linear. A group that would go beyond 19 digits is left out as a whole.
struct DigitRun {
  /// More digits than any number looked for has.
  static let limit = 19

  private(set) var digits = InlineArray<19, UInt8>(repeating: 0)
  private(set) var count = 0
  private(set) var groupCount = 0
  private var groupDigits = InlineArray<19, UInt8>(repeating: 0)
  private var groupEnds = InlineArray<19, Int>(repeating: 0)

  /// Reads from `start`. `separator` gives the length of what may stand between two digits at a place, at most three
  /// bytes, or 0.
  @inline(__always)
  init(_ text: ScannedText, from start: Int, separator: (ScannedText, Int) -> Int) {
    var index = start
    while text[index].isDigit {
      let end = text.end(from: index) { $0.isDigit }
      guard count + end - index <= Self.limit else { return }
      for place in index..<end { append(text[place]) }
      groupDigits[groupCount] = UInt8(count)
      groupEnds[groupCount] = end
      groupCount += 1
      let length = separator(text, end)
      guard length > 0 else { return }
      index = end + length
    }
  }

  private mutating func append(_ digit: UInt8) {
    digits[count] = digit - 48
    count += 1
  }

  /// How many digits there are up to the end of a group.
  func digits(through group: Int) -> Int { Int(groupDigits[group]) }

  /// How many digits a group has.
  func size(of group: Int) -> Int { digits(through: group) - (group > 0 ? digits(through: group - 1) : 0) }

  /// Where a group ends in the text.
  func end(of group: Int) -> Int { groupEnds[group] }

  /// Some of the digits as one number.
  func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(digits[$1]) } }
}

extension ScannedText {
  /// 1 where a space or a hyphen stands, else 0: what usually parts groups of digits.
  @inline(__always)
  func spaceOrHyphen(at index: Int) -> Int { self[index] == 0x20 || self[index] == .ascii("-") ? 1 : 0 }

  /// Calls `body` with the start of every group of digits that no letter or digit precedes; `body` gives where to go on,
  /// or `nil` for after the group.
  @inline(__always)
  func forEachDigitGroup(_ body: (Int) -> Int?) {
    var index = 0
    while index < count {
      guard self[index].isDigit else {
        index += 1
        continue
      }
      let before = self[index - 1]
      let next = before.isLetter || before.isNonASCII ? nil : body(index)
      index = next ?? end(from: index) { $0.isDigit }
    }
  }
}
