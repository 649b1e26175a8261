/// Numbers and spans in words.
enum Words {
  /// Between a number and its unit: a space at which no line ends.
  static let joint = "\u{A0}"

  /// `1 run`, `3 runs`, `12,345 runs`.
  static func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number(count)) \(noun(count, singular, plural))"
  }

  static func noun(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    count == 1 ? singular : plural ?? singular + "s"
  }

  /// With commas between the thousands.
  static func number(_ value: Int) -> String { (value < 0 ? "−" : "") + grouped(String(value.magnitude)) }

  /// `1,234.50`, of a decimal's digits.
  static func amount(_ digits: String) -> String {
    let isNegative = digits.hasPrefix("-")
    let parts = digits.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
    let whole = grouped(String(parts.first ?? "0"))
    return (isNegative ? "−" : "") + whole + (parts.count == 2 ? ".\(parts[1])" : "")
  }

  /// With so many digits after the point as given, and none where they would be zeros.
  static func decimal(_ value: Double, digits: Int = 1) -> String {
    let scale = digits == 0 ? 1.0 : digits == 1 ? 10 : 100
    guard value.isFinite, abs(value) < 1e15 else { return "?" }
    let scaled = Int((value * scale).rounded())
    let whole = scaled.magnitude / UInt(scale)
    var fraction = digits == 0 ? "" : String(scaled.magnitude % UInt(scale) + UInt(scale)).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return (scaled < 0 ? "−" : "") + grouped(String(whole)) + (fraction.isEmpty ? "" : ".\(fraction)")
  }

  private static func grouped(_ digits: String) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// A span in its largest sensible unit: `42 seconds`, `21 minutes`, `3 hours`, `5 days`.
  static func duration(seconds: Int) -> String {
    switch seconds {
    case ..<90: counted(max(0, seconds), "second")
    case ..<5400: counted(seconds / 60, "minute")
    case ..<172_800: counted((seconds + 1800) / 3600, "hour")
    default: counted(seconds / 86_400, "day")
    }
  }

  /// The same in short, for tables: `42 s`, `21 min`, `3 h`, `5 d`.
  static func shortDuration(seconds: Double, digits: Int = 1) -> String {
    switch seconds {
    case ..<90: "\(decimal(seconds, digits: digits))\(joint)s"
    case ..<5400: "\(decimal(seconds / 60, digits: digits))\(joint)min"
    case ..<172_800: "\(decimal(seconds / 3600, digits: digits))\(joint)h"
    default: "\(decimal(seconds / 86_400, digits: digits))\(joint)d"
    }
  }

  /// With a full stop at its end, unless it has one.
  static func sentence(_ text: String) -> String { text.last.map { ".!?".contains($0) } ?? true ? text : text + "." }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}

extension String {
  /// As the first word of a line.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
