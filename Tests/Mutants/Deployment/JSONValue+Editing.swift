internal import CTJSON

extension JSONValue {
  /// The value with the members of every object changed; the closure gets the object's pointer.
  func edited(_ pointer: String = "", _ change: (inout [Member], String) -> Void) -> JSONValue {
    switch self {
    case .object(var members):
      change(&members, pointer)
      return .object(members.map { .init(key: $0.key, value: $0.value.edited("\(pointer)/\($0.key)", change)) })
    case .array(let elements): return .array(elements.map { $0.edited("\(pointer)/-", change) })
    default: return self
    }
  }
}
