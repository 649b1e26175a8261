package import CTJSON

/// A value of the JSON data model with its own position and those of its keys. YAML and JSON files both become this.
package struct SpecNode: Sendable {
  package enum Value: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([SpecNode])
    case object([Member])
  }

  package struct Member: Sendable {
    package var key: String
    package var keyLocation: SourceLocation
    package var value: SpecNode

    package init(key: String, keyLocation: SourceLocation, value: SpecNode) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  package var value: Value
  package var location: SourceLocation

  package init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}

extension SpecNode {
  package var string: String? {
    if case .string(let string) = value { string } else { nil }
  }

  package var number: JSONNumber? {
    if case .number(let number) = value { number } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let bool) = value { bool } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = value { members } else { nil }
  }

  package var elements: [SpecNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  /// The member of that name, compared byte by byte.
  package func member(_ key: String) -> Member? {
    members?.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  package subscript(_ key: String) -> SpecNode? { member(key)?.value }

  package subscript(_ index: Int) -> SpecNode? {
    guard let elements, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The node that an RFC 6901 pointer names.
  package func at(pointer: String) -> SpecNode? {
    guard let tokens = JSONPointer.tokens(pointer) else { return nil }
    var node = self
    for token in tokens {
      guard let next = node[token] ?? JSONPointer.index(token).flatMap({ node[$0] }) else { return nil }
      node = next
    }
    return node
  }

  /// What it is, in the words of JSON: `object`, `array`, `string`, `number`, `boolean` or `null`.
  package var kindName: String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// The value without its positions, members in the order they were written.
  package var jsonValue: JSONValue {
    switch value {
    case .null: .null
    case .bool(let bool): .bool(bool)
    case .number(let number): .number(number)
    case .string(let string): .string(string)
    case .array(let elements): .array(elements.map(\.jsonValue))
    case .object(let members): .object(members.map { .init(key: $0.key, value: $0.value.jsonValue) })
    }
  }
}

extension SpecNode {
  /// The value as a JSON text without white space.
  package var jsonText: [UInt8] {
    var text: [UInt8] = []
    appendJSON(to: &text)
    return text
  }

  private func appendJSON(to text: inout [UInt8]) {
    switch value {
    case .null: text += "null".utf8
    case .bool(let bool): text += (bool ? "true" : "false").utf8
    case .number(let number): text += number.lexeme.utf8
    case .string(let string): JSONWriter.append(string: string, to: &text)
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        element.appendJSON(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        JSONWriter.append(string: member.key, to: &text)
        text.append(UInt8(ascii: ":"))
        member.value.appendJSON(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  /// Why a number cannot be compared with others.
  static let unknownExponent =
    "the exponent of this number has more than 17 digits, which is not told apart from others"

  /// Whether it has parts: only there can references and schemas stand.
  var isContainer: Bool {
    switch value {
    case .array, .object: true
    default: false
    }
  }
}
