/// Text from outside, as one line that shows what it contains.
enum PlainLine {
  /// Control characters, line breaks and marks that turn the direction of writing become spaces.
  static func of(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { line.append(isPlain(scalar) ? scalar : " ") }
    return String(line)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: true
    }
  }
}

/// Addresses that a link may lead to.
enum WebAddress {
  /// The address, if it is one on the web: nothing that a click would run.
  static func checked(_ url: String) -> String? {
    guard url.hasPrefix("https://"), url.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else { return nil }
    return url
  }
}
