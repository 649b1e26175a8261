/// The names that are given in one scope.
struct TakenNames: Sendable {
  private var names: Set<String> = []
  /// Where to go on with the numbers of a name that many want, so that a thousand of them take no million tries.
  private var numbers: [String: Int] = [:]

  func contains(_ name: String) -> Bool { names.contains(name) }

  mutating func insert(_ name: String) { names.insert(name) }

  /// Takes the first of `name`, `name2`, `name3`, … that is not taken. In document order, so always the same.
  mutating func unique(_ name: String) -> String {
    if names.insert(name).inserted { return name }
    var number = numbers[name] ?? 2
    while !names.insert("\(name)\(number)").inserted { number += 1 }
    numbers[name] = number + 1
    return "\(name)\(number)"
  }
}
