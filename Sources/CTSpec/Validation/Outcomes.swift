import CTJSON

/// What holding a value against a schema has come to, so that branches within branches are not judged again and again:
/// work that doubles with each level becomes at most one look for each schema at each value.
///
/// Most validations look at each value a few times and need none of this: they are not burdened with it.
struct Outcomes {
  struct Key: Hashable {
    /// ``Schema/ordinal``
    let schema: Int
    let place: InstancePlace
  }

  struct Outcome {
    let evaluated: Evaluated
    let holds: Bool
    /// Whether the violations, if any, were noted: a trial notes none.
    let isNoted: Bool
  }

  /// How often each value may be looked at before outcomes are kept, and how often all of them in any case.
  private static let usualLooks = 8
  private static let fewLooks = 10_000

  private var known: [Key: Outcome] = [:]
  private var looks = 0
  private var free = Outcomes.fewLooks
  private var isInstanceCounted = false

  subscript(_ key: Key) -> Outcome? {
    get { known[key] }
    set { known[key] = newValue }
  }

  /// Whether the outcome is worth keeping: from a number of looks on, and where it takes more than one.
  mutating func areKept(of schema: Schema, _ value: JSONValue, in instance: JSONValue) -> Bool {
    looks += 1
    guard looks > free else { return false }
    if !isInstanceCounted {
      isInstanceCounted = true
      free = max(free, instance.valueCount * Self.usualLooks)
      return looks > free
    }
    return value.isContainer || !schema.leadsNowhere
  }
}

extension JSONValue {
  fileprivate var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  /// Values in it, itself among them.
  fileprivate var valueCount: Int {
    switch self {
    case .array(let items): items.reduce(1) { $0 + $1.valueCount }
    case .object(let members): members.reduce(1) { $0 + $1.value.valueCount }
    default: 1
    }
  }
}
