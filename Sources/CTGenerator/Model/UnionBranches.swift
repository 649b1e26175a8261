internal import CTSpec

/// How the branches of unions stand to the rest of the spec: whether a branch's own type does for the union too.
enum UnionBranches {
  /// The schemas that nothing but one union refers to: they are declared as what they are within it.
  static func exclusive(in index: SpecIndex) -> Set<SchemaID> {
    var references: [SchemaID: Int] = [:]
    for id in index.order where index[id].ref != nil { references[index.resolved(id).id, default: 0] += 1 }
    var exclusive: Set<SchemaID> = []
    for id in index.order {
      guard let discriminator = index[id].discriminator else { continue }
      let entries = Set(discriminator.mapping.map(\.schema)).filter { index[$0].isPureReference }
      for (target, entries) in Dictionary(grouping: entries, by: { index.resolved($0).id })
      where references[target] == entries.count {
        exclusive.insert(target)
      }
    }
    return exclusive
  }

  /// Whether the branch says all that the union says, so that a value of its own type is one of the union.
  static func isComplete(_ branch: Schema, _ value: String, in union: Schema, _ index: SpecIndex) -> Bool {
    guard let selector = union.discriminator?.propertyName, union.saysNothing(but: selector) else { return false }
    let property = branch.properties.first { $0.name == selector }
    return property.map { index.resolved($0.schema).const?.string == value } ?? false
      && branch.required.contains(selector)
  }
}

extension Schema {
  private static let silent: Set<String> = [
    "type", "oneOf", "anyOf", "discriminator", "title", "description", "examples", "deprecated", "default", "$defs",
    "$id", "$schema", "$comment", "$anchor", "externalDocs",
  ]

  /// Whether a branch says nothing but what its properties are.
  var refinesProperties: Bool {
    keywordLocations.keys.allSatisfy { keyword in
      Self.silent.contains(keyword) || ["properties", "required"].contains(keyword) || keyword.hasPrefix("x-")
    } && types.map { $0 == [.object] } ?? true && oneOf.isEmpty && anyOf.isEmpty
  }

  /// Whether a union asks nothing of its values but one property and to be of a branch.
  fileprivate func saysNothing(but name: String) -> Bool {
    keywordLocations.keys.allSatisfy { keyword in
      switch keyword {
      case "properties": properties.allSatisfy { $0.name == name }
      case "required": required == [name]
      case let keyword: Self.silent.contains(keyword) || keyword.hasPrefix("x-") && !keyword.hasPrefix("x-ct-")
      }
    }
  }
}
