internal import CTSpec

/// Ways of writing names.
enum NameStyle {
  /// A lower-case letter, then letters and digits: `listEvents`, `errors24h`.
  static func isLowerCamelCase(_ name: String) -> Bool {
    guard let first = name.utf8.first, 97...122 ~= first else { return false }
    return name.utf8.allSatisfy { isLetter($0) || 48...57 ~= $0 }
  }

  /// Words of lower-case letters and digits with single hyphens between them, and a file's ending: `openapi.yaml`.
  static func isPathSegment(_ segment: Substring) -> Bool {
    let parts = segment.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { word in
          !word.isEmpty && word.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 }
        }
      }
  }

  /// Words that begin with a capital letter or a digit, with single hyphens between them: `X-CT-Signature`.
  static func isHeaderName(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { word in
      guard let first = word.first, 65...90 ~= first || 48...57 ~= first else { return false }
      return word.allSatisfy { isLetter($0) || 48...57 ~= $0 }
    }
  }

  /// The words of a name in lower case: `dateOfBirth` and `date_of_birth` are date, of, birth.
  static func words(of name: String) -> [String] {
    var words: [[UInt8]] = [[]]
    var wasLower = false
    for byte in name.utf8 {
      let isUpper = 65...90 ~= byte
      if !isLetter(byte) && !(48...57 ~= byte) || isUpper && wasLower { words.append([]) }
      if isLetter(byte) || 48...57 ~= byte { words[words.count - 1].append(byte | (isUpper ? 0x20 : 0)) }
      wasLower = !isUpper && isLetter(byte)
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 97...122 ~= byte | 0x20 }
}
