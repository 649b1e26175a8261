/// Content negotiation by `Accept` (RFC 9110, section 12.5.1).
///
/// Read leniently, as the RFC advises: what is no media range is passed over, and `*` and `q=.2`, which old clients send
/// (`text/html, *; q=.2`), mean what they say.
enum AcceptField {
  /// The media type that the client likes best, by its place among those that there are; of equals the first. The first
  /// of all where the client says nothing; `nil` where it wants none of them.
  /// - Parameter values: the lines of the field.
  static func choice(among available: [String], for values: [ArraySlice<UInt8>]) -> Int? {
    var best = [Weight](repeating: Weight(), count: available.count)
    var isPreferring = false
    for value in values {
      if value.elementsEqual("*/*".utf8) { return 0 }
      for element in split(value, at: UInt8(ascii: ",")) {
        guard let range = Range(element) else { continue }
        isPreferring = true
        for (place, type) in available.enumerated() { best[place].take(range, if: range.precision(for: type)) }
      }
    }
    guard isPreferring else { return available.isEmpty ? nil : 0 }
    let highest = best.map(\.quality).max() ?? 0
    return highest > 0 ? best.firstIndex { $0.quality == highest } : nil
  }

  /// What the most precise range says of a media type.
  private struct Weight {
    var precision = 0
    /// In thousandths; 0 is "not acceptable".
    var quality = 0

    mutating func take(_ range: Range, if precision: Int?) {
      guard let precision, (precision, range.quality) > (self.precision, quality) else { return }
      (self.precision, quality) = (precision, range.quality)
    }
  }

  /// A media range with its weight.
  private struct Range {
    private let name: ArraySlice<UInt8>
    /// Whether it asks for a parameter that no representation has.
    private let hasParameters: Bool
    let quality: Int

    init?(_ element: ArraySlice<UInt8>) {
      var parts = AcceptField.split(element, at: UInt8(ascii: ";")).map(MediaTypeName.trimmed)[...]
      let name = parts.removeFirst()
      guard !name.isEmpty else { return nil }
      guard name.elementsEqual("*".utf8) || Self.isRange(name) else { return nil }
      self.name = name
      var quality = 1000
      var hasParameters = false
      for part in parts {
        if let weight = Self.weight(part) {
          quality = weight
          // What follows belongs to no media type.
          break
        }
        if !part.isEmpty, !MediaTypeName.isUTF8(part) { hasParameters = true }
      }
      self.quality = quality
      self.hasParameters = hasParameters
    }

    /// How closely it describes a media type, from 1 for `*/*` to 3; `nil` where it does not.
    func precision(for mediaType: String) -> Int? {
      if hasParameters { return nil }
      if name.elementsEqual("*".utf8) || name.elementsEqual("*/*".utf8) { return 1 }
      if name.last == UInt8(ascii: "*") {
        return MediaTypeName.equals(name.dropLast(2), mediaType.prefix { $0 != "/" }) ? 2 : nil
      }
      return MediaTypeName.equals(name, mediaType.prefix { $0 != ";" }) ? 3 : nil
    }

    private static func isRange(_ name: ArraySlice<UInt8>) -> Bool {
      let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }

    /// `q=0.5` in thousandths; `nil` for another parameter.
    private static func weight(_ part: ArraySlice<UInt8>) -> Int? {
      guard part.count >= 2, part.first! | 0x20 == UInt8(ascii: "q"), part.dropFirst().first == UInt8(ascii: "=") else {
        return nil
      }
      let number = part.dropFirst(2)
      let digits = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard digits.count <= 2, let whole = digits.first, whole.count <= 1, digits.joined().allSatisfy(isDigit) else {
        return 0
      }
      var thousandths = whole.first.map { Int($0 - 48) } ?? 0
      let fraction = digits.count > 1 ? digits[1] : []
      for place in 0..<3 {
        thousandths = thousandths * 10 + (fraction.dropFirst(place).first.map { Int($0 - 48) } ?? 0)
      }
      return min(thousandths, 1000)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte }
  }

  /// The parts between separators that do not stand in a quoted string.
  private static func split(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var isQuoted = false
    var isEscaped = false
    for (index, byte) in zip(text.indices, text) {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        parts.append(text[start..<index])
        start = index + 1
      }
    }
    return parts + [text[start...]]
  }
}
