import CTJSON
internal import CTSpec

/// What some schemas say together of one instance, with `$ref`, `allOf` and branches without a choice followed: schemas that
/// mean the same give the same here, however they are put together.
struct Conjunction {
  /// In the order they are met, each once.
  let members: [Schema]
  /// The `oneOf` and `anyOf` that leave a choice.
  let branchings: [Branching]
  /// Of the first member, which is the schema itself.
  let location: SourceLocation
  /// What `type` says, and `enum` and `const`: all of it must hold.
  let typeLimits: [Set<JSONType>]
  let valueLimits: [[SpecNode]]

  /// Without schemas, anything is allowed; what says so, or rather does not, stands at `place`.
  init(_ ids: [SchemaID], in index: SpecIndex, at place: SourceLocation, keepsBranches: Bool = false) {
    let depth = keepsBranches ? TypeUnion.maximumDepth : 0
    self.init(ConjunctionBuilder(ids, in: index, depth: depth), at: place)
  }

  /// Of some schemas, at least one.
  init(_ ids: [SchemaID], in index: SpecIndex) {
    self.init(ids, in: index, at: index[ids[0]].location)
  }

  init(_ builder: ConjunctionBuilder, at place: SourceLocation) {
    members = builder.members
    branchings = builder.branchings
    location = members.first?.location ?? place
    typeLimits = builder.typeLimits
    valueLimits = builder.valueLimits
  }

  /// Where a keyword stands, or else the schema.
  func location(of keyword: String) -> SourceLocation {
    members.lazy.compactMap { $0.keywordLocations[keyword] }.first ?? location
  }

  /// Whether nothing at all is allowed.
  var isNever: Bool { members.contains { $0.boolean == false } }

  /// Whether anything is allowed, and nothing is said of it.
  var saysNothing: Bool {
    saysNothingBesideBranches && branchings.isEmpty
  }

  /// Whether all that is said is said in branches.
  var saysNothingBesideBranches: Bool {
    typeLimits.isEmpty && valueLimits.isEmpty && members.allSatisfy { $0.statements.isEmpty && $0.links.isEmpty }
  }
}

// MARK: - Values

extension Conjunction {
  /// The types that are left; `number` stands for `integer` too. `nil`: all.
  var types: Set<JSONType>? {
    var left: Set<JSONType>?
    for types in typeLimits { left = left.map { Self.common($0, types) } ?? types }
    return left
  }

  private static func common(_ a: Set<JSONType>, _ b: Set<JSONType>) -> Set<JSONType> {
    var common = a.intersection(b)
    if a.contains(.integer) && b.contains(.number) || a.contains(.number) && b.contains(.integer),
      !common.contains(.number)
    {
      common.insert(.integer)
    }
    return common
  }

  /// The values of `enum` and `const` that are left, in order; `nil`: any.
  var values: [SpecNode]? {
    var left: [SpecNode]?
    for values in valueLimits {
      guard let known = left else {
        left = values
        continue
      }
      let allowed = Set(values.map(\.jsonValue))
      left = known.filter { allowed.contains($0.jsonValue) }
    }
    return left
  }

  var defaultValue: SpecNode? { members.lazy.compactMap(\.defaultValue).first }

  var patterns: Set<ExactString> { Set(members.compactMap(\.pattern).map(ExactString.init)) }

  var formats: Set<String> { Set(members.compactMap(\.format)) }
}

// MARK: - Objects and arrays

extension Conjunction {
  /// Each property with everything that is said of it, in order.
  var properties: [(name: String, schemas: [SchemaID])] {
    var order: [(name: String, schemas: [SchemaID])] = []
    var places: [ExactString: Int] = [:]
    for property in members.flatMap(\.properties) {
      if let place = places[ExactString(property.name)] {
        order[place].schemas.append(property.schema)
      } else {
        places[ExactString(property.name)] = order.count
        order.append((property.name, [property.schema]))
      }
    }
    return order
  }

  var required: Set<ExactString> { Set(members.flatMap(\.required).map(ExactString.init)) }

  /// Where `required` names a property.
  func requiredLocation(of name: String) -> SourceLocation {
    for member in members {
      if let element = member.node["required"]?.elements?.first(where: { $0.string == name }) {
        return element.location
      }
    }
    return location
  }

  /// Whether members that no one declares are refused.
  func isClosed(in index: SpecIndex) -> Bool {
    members.contains {
      [$0.additionalProperties, $0.unevaluatedProperties].contains { $0.map { index[$0].boolean == false } ?? false }
    }
  }

  /// Everything that judges a property of some name: where it is declared, `patternProperties`, or else what is there for
  /// all others.
  func schemas(judging name: String, in index: SpecIndex) -> [SchemaID] {
    let found = members.flatMap { member -> [SchemaID] in
      let patterns = member.patternProperties.filter {
        index.patterns[ExactString($0.pattern)]?.matches(name) ?? false
      }
      let own = [member.property(name)].compactMap { $0 } + patterns.map(\.schema)
      return own.isEmpty ? [member.additionalProperties].compactMap { $0 } : own
    }
    return found.isEmpty ? members.compactMap(\.unevaluatedProperties) : found
  }

  var items: [SchemaID] { members.compactMap(\.items) }

  /// The strongest mark for redaction.
  var redaction: Redaction? { members.compactMap(\.redact).max { $0.strength < $1.strength } }

  /// The roles that may see this; `nil`: all.
  var roles: Set<String>? {
    members.compactMap(\.roles).map { Set($0) }.reduce(nil) { left, roles in left?.intersection(roles) ?? roles }
  }

  var health: HealthSignal? { members.lazy.compactMap(\.health).first }
}
