import CTJSON

/// One step into an instance.
enum InstanceToken {
  case key(String)
  case index(Int)

  var pointer: String {
    switch self {
    case .key(let key): JSONPointer.appending(key, to: "")
    case .index(let index): "/\(index)"
    }
  }
}

/// Which value of the instance it is, told by where it lies: no two lie at the same place, and none moves while the
/// instance is held, as nothing changes it. Only compared, never read from.
struct InstancePlace: Hashable {
  static let root = InstancePlace(address: 0)

  private let address: UInt

  private init(address: UInt) { self.address = address }

  /// The place of an element; `offset` tells apart what lies within one, and is less than its size.
  init<Element>(_ index: Int, of elements: [Element], offset: UInt = 0) {
    address = elements.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress.map { $0 + index }) } + offset
  }
}

/// A member or an item of the instance.
struct InstancePart {
  let token: InstanceToken
  let value: JSONValue
  let place: InstancePlace

  init(_ index: Int, of items: [JSONValue]) {
    token = .index(index)
    value = items[index]
    place = InstancePlace(index, of: items)
  }

  init(_ index: Int, of members: [JSONValue.Member]) {
    token = .key(members[index].key)
    value = members[index].value
    place = InstancePlace(index, of: members)
  }

  /// The name of a member, which is a value too for `propertyNames`.
  init(nameOf index: Int, of members: [JSONValue.Member]) {
    token = .key(members[index].key)
    value = .string(members[index].key)
    place = InstancePlace(index, of: members, offset: 1)
  }
}
