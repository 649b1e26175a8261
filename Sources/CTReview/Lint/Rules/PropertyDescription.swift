internal import CTSpec

extension LintRule {
  static let propertyDescription = LintRule(
    "property-description", .error,
    asks: "A property has a `description`, unless `const` says it all or the schema around a branch describes it.",
    because: "It becomes the documentation of the generated property."
  ) { subject, report in
    let around = subject.namesDescribedAroundBranches
    for schema in subject.schemas {
      for (name, id) in schema.properties {
        let property = subject.index[id]
        if property.const != nil || subject.isDescribed(id) { continue }
        if around[schema.id]?.contains(ExactString(name)) == true { continue }
        report.found(at: property.location, "the property '\(name)' has no 'description'")
      }
    }
  }
}

extension LintSubject {
  /// For each schema that is a branch of another one, the properties that the other one describes.
  fileprivate var namesDescribedAroundBranches: [SchemaID: Set<ExactString>] {
    var names: [SchemaID: Set<ExactString>] = [:]
    for schema in schemas where !(schema.oneOf + schema.anyOf).isEmpty {
      let properties = Conjunction([schema.id], in: index).properties
      let described = properties.filter { $0.schemas.contains(where: isDescribed) }.map { ExactString($0.name) }
      for branch in schema.oneOf + schema.anyOf {
        for member in Conjunction([branch], in: index).members { names[member.id, default: []].formUnion(described) }
      }
    }
    return names
  }
}
