/// Which members and items of an instance some schema has looked at (2020-12 core, section 11).
struct Evaluated {
  private var all = false
  private var places: Set<Int> = []
  /// Whether a choice between branches failed, so that nobody can say.
  var isUnknown = false

  static let none = Evaluated()

  mutating func insert(_ place: Int) { if !all { places.insert(place) } }

  mutating func insertAll() {
    all = true
    places = []
  }

  mutating func formUnion(_ other: Evaluated) {
    isUnknown = isUnknown || other.isUnknown
    if other.all { insertAll() } else if !all { places.formUnion(other.places) }
  }

  func contains(_ place: Int) -> Bool { all || places.contains(place) }
}
