package import CTJSON

/// Measurable results: numbers by name, such as `documentsGenerated`.
package struct RunMetrics: Sendable, Hashable {
  private var values: [(name: String, value: JSONNumber)] = []

  /// What the run's schema allows.
  private static let countLimit = 64
  private static let nameLimit = 64

  package init() {}

  /// An object whose members are all numbers under names in lower camel case; `nil` for any other.
  package init?(_ json: JSONValue?) {
    guard let members = json?.members, members.count < Self.countLimit else { return nil }
    for member in members {
      guard Self.isName(member.key), let number = member.value.number, Self.isBounded(number) else { return nil }
      values.append((member.key, number))
    }
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= nameLimit else { return false }
    return name.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) }
  }

  private static func isBounded(_ number: JSONNumber) -> Bool {
    guard let value = Double(number.lexeme) else { return false }
    return value.magnitude <= 1e15
  }

  /// Sets what the tower has measured itself.
  mutating func set(_ name: String, _ value: Int) {
    values.removeAll { $0.name == name }
    values.append((name, JSONNumber(checkedLexeme: "\(value)".utf8)))
  }

  package subscript(_ name: String) -> JSONNumber? { values.first { $0.name == name }?.value }

  package var json: JSONValue { .object(values.map { .init(key: $0.name, value: .number($0.value)) }) }

  package static func == (a: Self, b: Self) -> Bool { a.json == b.json }
  package func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
