internal import CTJSON
internal import CTSpec

/// A value to send, with what the interpreting validator says about it.
struct BodyCase: Sendable {
  /// What is tried, such as `maxLength of /eventId: 129`.
  let label: String
  let pointer: String
  let keyword: String
  let value: JSONValue
  /// Empty: the value is valid.
  let violations: [SchemaViolation]

  var isValid: Bool { violations.isEmpty }
}

/// Cases, and what could not be made one.
struct CaseList: Sendable {
  var cases: [BodyCase] = []
  /// Keywords at places for which no value was found, and why.
  var unreached: [String] = []
}

/// A step into a value.
enum PathStep: Hashable, Sendable {
  case member(String)
  case item(Int)
}

extension JSONValue {
  /// The value with another one at a place that is there, or with none (`nil`) where that is a member or an item.
  func replacing(_ path: ArraySlice<PathStep>, with new: JSONValue?) -> JSONValue? {
    guard let step = path.first else { return new }
    switch (self, step) {
    case (.object(var members), .member(let name)):
      guard let place = members.firstIndex(where: { $0.key == name }) else {
        guard path.count == 1, let new else { return self }
        return .object(members + [.init(key: name, value: new)])
      }
      if let value = members[place].value.replacing(path.dropFirst(), with: new) {
        members[place].value = value
      } else {
        members.remove(at: place)
      }
      return .object(members)
    case (.array(var elements), .item(let place)) where elements.indices.contains(place):
      if let value = elements[place].replacing(path.dropFirst(), with: new) {
        elements[place] = value
      } else {
        elements.remove(at: place)
      }
      return .array(elements)
    default: return self
    }
  }
}

extension [PathStep] {
  var pointer: String {
    map { step in
      switch step {
      case .member(let name): JSONPointer.appending(name, to: "")
      case .item(let index): "/\(index)"
      }
    }.joined()
  }
}
