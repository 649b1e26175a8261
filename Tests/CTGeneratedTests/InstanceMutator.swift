import CTJSON

/// Damages JSON values in ways that schemas look at: other types, values at and over bounds, members added and taken.
struct InstanceMutator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func mutate(_ value: JSONValue) -> JSONValue {
    var value = value
    for _ in 0..<Int.random(in: 1...3, using: &random) { value = mutateOnce(value) }
    return value
  }

  private mutating func mutateOnce(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(var members) where !members.isEmpty && chance(85):
      let place = Int.random(in: 0..<members.count, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0: members.remove(at: place)
      case 1: members.append(.init(key: "extra\(members.count)", value: scalar()))
      case 2: members.swapAt(place, 0)
      default: members[place].value = mutateOnce(members[place].value)
      }
      return .object(members)
    case .array(var elements) where !elements.isEmpty && chance(80):
      let place = Int.random(in: 0..<elements.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: elements.remove(at: place)
      case 1: elements.append(elements[place])
      default: elements[place] = mutateOnce(elements[place])
      }
      return .array(elements)
    case .string(let text) where chance(60): return .string(damaged(text))
    case .number(let number) where chance(60): return damaged(number)
    default: return scalar()
    }
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func damaged(_ text: String) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return ""
    case 1: return text + "x"
    case 2: return String(text.dropLast())
    case 3:
      return String(repeating: "é", count: [1, 7, 64, 65, 128, 129, 200, 320, 321].randomElement(using: &random)!)
    case 4: return String(repeating: "a", count: [1, 7, 64, 65, 128, 129, 1024, 1025].randomElement(using: &random)!)
    default: return text.uppercased() + "\u{0}\n"
    }
  }

  private mutating func damaged(_ number: JSONNumber) -> JSONValue {
    let lexemes = [
      "-1", "0", "1", "0.5", "1.0", "1e2", "-0", "999999999.99", "999999999.991", "1e400", "9007199254740992", "65536",
      "99999999999999999999", number.lexeme + "1",
    ]
    return JSONNumber(lexemes.randomElement(using: &random)!).map { .number($0) } ?? .null
  }

  private mutating func scalar() -> JSONValue {
    let values: [JSONValue] = [
      .null, .bool(true), .bool(false), .number(JSONNumber(7)), .string(""), .string("finance"), .string("portal"),
      .string("producer"), .string("2025-09-27T10:00:00Z"), .string("finance.invoice.generated"), .array([]),
      .object([]),
      .array([.number(JSONNumber(1))]), .object([.init(key: "a", value: .null)]),
    ]
    return values.randomElement(using: &random)!
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a run is repeated by its seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
