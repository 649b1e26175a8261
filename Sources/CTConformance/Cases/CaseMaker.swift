internal import CTJSON
internal import CTSpec

/// Makes cases for a body from its schema: minimal, maximal, each boundary, and each single violation.
struct CaseMaker {
  let spec: SpecCatalog
  let root: SchemaID
  private var list = CaseList()
  /// Places that have been tried in another variant already.
  private var tried: Set<String> = []

  /// All cases for a schema, in the order of the spec.
  static func cases(for root: SchemaID, in spec: SpecCatalog) -> CaseList {
    var maker = CaseMaker(spec: spec, root: root)
    for seed in maker.seeds() { maker.vary(seed) }
    return maker.list
  }

  private init(spec: SpecCatalog, root: SchemaID) {
    self.spec = spec
    self.root = root
  }

  private var index: SpecIndex { spec.document.index }

  /// One for each branch that a discriminator can select, else one.
  private func seeds() -> [JSONValue] {
    let schema = index.resolved(root)
    guard let discriminator = schema.discriminator else { return [.null] }
    return discriminator.mapping.map {
      .object([.init(key: discriminator.propertyName, value: .string($0.value))])
    }
  }

  private mutating func vary(_ seed: JSONValue) {
    let name = seed.members?.first?.value.string.map { " of \($0)" } ?? ""
    let maker = SampleMaker(index: index)
    for (extent, label) in [(SampleMaker.Extent.minimal, "minimal"), (.maximal, "maximal")] {
      guard let value = maker.value([root], extent, selecting: seed) else {
        list.unreached.append("\(label)\(name)")
        continue
      }
      add("\(label)\(name)", [], "type", value, isValid: true)
    }
    guard let base = maker.value([root], .maximal, selecting: seed), isValid(base) else { return }
    for wrong in Self.otherTypes(than: [.object]) { add("a body that is \(wrong.kind)", [], "type", wrong.value) }
    walk([root], [], base, base)
  }

  private func isValid(_ value: JSONValue) -> Bool { spec.validator.validate(value, against: root).isEmpty }

  /// Tries everything that is said about one place, and about the places within.
  private mutating func walk(_ ids: [SchemaID], _ path: [PathStep], _ value: JSONValue, _ base: JSONValue) {
    let facets = Facets(ids, selecting: value, in: index)
    let place = "\(path.pointer) \(facets.schemas.map(\.id.description).joined(separator: " "))"
    if tried.insert(place).inserted {
      for variation in Variations(facets: facets, index: index).all(of: value) {
        let changed = base.replacing(path[...], with: variation.value) ?? .null
        let name = path.isEmpty ? "the body" : path.pointer
        add(
          "\(variation.keyword) of \(name): \(variation.label)", path, variation.keyword, changed,
          isValid: variation.isValid)
      }
      for name in facets.required where value[name] != nil {
        let changed = base.replacing((path + [.member(name)])[...], with: nil) ?? .null
        add("required of \((path + [.member(name)]).pointer)", path, "required", changed)
      }
    }
    for property in facets.properties {
      guard let child = value[property.name] else { continue }
      walk(property.schemas, path + [.member(property.name)], child, base)
    }
    if let first = value.elements?.first { walk(facets.items, path + [.item(0)], first, base) }
  }

  /// Enters a case if the validator sees it as it is meant; what it sees otherwise is no case.
  private mutating func add(
    _ label: String, _ path: [PathStep], _ keyword: String, _ value: JSONValue, isValid: Bool = false
  ) {
    let violations = spec.validator.validate(value, against: root)
    let isMeant = isValid ? violations.isEmpty : violations.contains { $0.keyword == keyword }
    // What a discriminator looks at is refused before its branch is: then the case tries the keyword that refuses it.
    let other = isValid ? nil : violations.first { $0.pointer == path.pointer }?.keyword
    guard let tried = isMeant ? keyword : other else { return list.unreached.append(label) }
    list.cases.append(
      BodyCase(label: label, pointer: path.pointer, keyword: tried, value: value, violations: violations))
  }

  static func otherTypes(than types: [JSONType]) -> [(kind: String, value: JSONValue)] {
    let all: [(JSONType, String, JSONValue)] = [
      (.null, "null", .null), (.boolean, "a boolean", .bool(true)),
      (.number, "a number", .number(JSONNumber("1.5") ?? 1)),
      (.string, "a string", .string("text")), (.array, "an array", .array([])), (.object, "an object", .object([])),
    ]
    return all.filter { !types.contains($0.0) && !($0.0 == .number && types.contains(.integer)) }.map { ($0.1, $0.2) }
  }
}
