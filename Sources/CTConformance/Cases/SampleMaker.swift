internal import CTJSON
internal import CTSpec

/// Makes values that a schema takes, from the schema alone: the same ones each time.
struct SampleMaker {
  /// How much of a value there is.
  enum Extent {
    /// What is required, and no more.
    case minimal
    /// Everything that is declared.
    case maximal
  }

  let index: SpecIndex
  private static let maximumDepth = 12

  /// Nil where none was found. `selecting` holds what a discriminator looks at.
  func value(_ ids: [SchemaID], _ extent: Extent, selecting seed: JSONValue = .null, depth: Int = 0) -> JSONValue? {
    guard depth < Self.maximumDepth else { return nil }
    let facets = Facets(ids, selecting: seed, in: index)
    if let values = facets.values { return values.first }
    switch facets.types?.first ?? implied(facets) {
    case .object: return object(facets, extent, seed, depth)
    case .array: return array(facets, extent, depth)
    case .string: return string(facets).map { .string($0) }
    case .integer, .number: return .number(number(facets))
    case .boolean: return .bool(true)
    case .null: return .null
    }
  }

  private func implied(_ facets: Facets) -> JSONType {
    if !facets.properties.isEmpty { return .object }
    return facets.items.isEmpty ? .string : .array
  }

  private func object(_ facets: Facets, _ extent: Extent, _ seed: JSONValue, _ depth: Int) -> JSONValue? {
    var members: [JSONValue.Member] = []
    let required = facets.required
    for property in facets.properties where extent == .maximal || required.contains(property.name) {
      let known = seed[property.name] ?? .null
      guard let value = value(property.schemas, extent, selecting: known, depth: depth + 1) else {
        if required.contains(property.name) { return nil }
        continue
      }
      members.append(.init(key: property.name, value: value))
    }
    return .object(members)
  }

  private func array(_ facets: Facets, _ extent: Extent, _ depth: Int) -> JSONValue? {
    let count = max(facets.minItems, extent == .maximal && facets.maxItems != 0 ? 1 : 0)
    guard count > 0 else { return .array([]) }
    guard let item = value(facets.items, extent, depth: depth + 1) else { return nil }
    return .array(Array(repeating: item, count: count))
  }

  private func string(_ facets: Facets) -> String? {
    let example = facets.examples.lazy.compactMap(\.string).first
    if let example { return example }
    if let format = facets.format { return FormatSamples.valid(format).first }
    let top = min(facets.maxLength ?? 64, max(64, facets.minLength))
    return StringMaker(index: index).text(pattern: facets.pattern, lengths: max(facets.minLength, 1)...max(top, 1))
  }

  private func number(_ facets: Facets) -> JSONNumber {
    facets.examples.lazy.compactMap(\.number).first ?? facets.minimum ?? 1
  }
}
