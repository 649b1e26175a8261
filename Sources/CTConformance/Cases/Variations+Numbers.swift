internal import CTJSON
internal import CTSpec

extension Variations {
  /// At each bound, and just beyond it.
  func bounds() -> [Variation] {
    var found: [Variation] = []
    func add(_ keyword: String, _ number: JSONNumber?, isValid: Bool) {
      guard let number else { return }
      found.append(Variation(keyword, number.lexeme, .number(number), isValid: isValid))
    }
    if let minimum = facets.minimum {
      add("minimum", minimum, isValid: true)
      add("minimum", Self.step(minimum, up: false), isValid: false)
    }
    if let maximum = facets.maximum {
      add("maximum", maximum, isValid: true)
      add("maximum", Self.step(maximum, up: true), isValid: false)
    }
    if let bound = facets.exclusiveMinimum { add("exclusiveMinimum", bound, isValid: false) }
    if let bound = facets.exclusiveMaximum { add("exclusiveMaximum", bound, isValid: false) }
    return found
  }

  /// `integer` means the value, not the way it is written: 1.0 is one (2020-12 validation, section 6.1.1).
  func whole() -> [Variation] {
    guard let types = facets.types, types.contains(.integer), !types.contains(.number) else { return [] }
    let low = facets.minimum?.int ?? 0
    guard let same = JSONNumber("\(low).0"), let half = JSONNumber("\(low).5") else { return [] }
    return [
      Variation("type", "\(same.lexeme), which is a whole number", .number(same), isValid: true),
      Variation("type", half.lexeme, .number(half)),
    ]
  }

  /// The next number in the last decimal place that is written.
  static func step(_ number: JSONNumber, up: Bool) -> JSONNumber? {
    guard !number.lexeme.contains("e"), !number.lexeme.contains("E") else { return nil }
    let fraction = number.lexeme.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    guard let digits = Int(number.lexeme.filter { $0 != "." }) else { return nil }
    let (next, overflow) = digits.addingReportingOverflow(up ? 1 : -1)
    guard !overflow else { return nil }
    var text = String(next.magnitude)
    while text.count <= fraction.count { text = "0" + text }
    if !fraction.isEmpty { text = text.dropLast(fraction.count) + "." + text.suffix(fraction.count) }
    return JSONNumber((next < 0 ? "-" : "") + text)
  }
}
