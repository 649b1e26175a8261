internal import CTSpec

extension LintRule {
  static let personalDataRedacted = LintRule(
    "personal-data-redacted", .error,
    asks:
      "In a request body that is a `oneOf` or `anyOf` with a discriminator, a property whose name says that it is "
      + "personal data has `x-ct-redact`.",
    because: "What is not marked is stored as it was sent; elsewhere the mark cannot be enforced."
  ) { subject, report in
    let redacted = subject.redactableSchemas
    for schema in subject.schemas where redacted.contains(schema.id) {
      for (name, id) in schema.properties where PersonalName.isPersonal(name) {
        let whole = Conjunction([id], in: subject.index)
        let holdsText = whole.types?.contains { [.string, .array, .object].contains($0) } ?? true
        // An object's own properties are judged one by one.
        let isJudgedInside = !whole.properties.isEmpty
        guard holdsText, !isJudgedInside, whole.redaction == nil, whole.values == nil else { continue }
        report.found(
          at: subject.index[id].location, "the property '\(name)' sounds like personal data and has no 'x-ct-redact'",
          suggestion: "add 'x-ct-redact' with drop, hash, mask or pointer")
      }
    }
  }
}

extension LintSubject {
  /// What stands within bodies in which marks are enforced. What stands within another body too cannot be marked.
  fileprivate var redactableSchemas: Set<SchemaID> {
    let bodies = operations.flatMap { $0.requestBody?.content.compactMap(\.schema) ?? [] }
    let isChosen = { (id: SchemaID) in
      Conjunction([id], in: index).members.contains { $0.discriminator != nil }
    }
    return SchemaReach.from(bodies.filter(isChosen), in: index)
      .subtracting(SchemaReach.from(bodies.filter { !isChosen($0) }, in: index))
  }
}

enum PersonalName {
  /// Endings of names, in words.
  private static let endings: [[String]] = [
    ["email"], ["e", "mail"], ["mail"], ["phone"], ["telephone"], ["mobile"], ["iban"], ["sort", "code"],
    ["account", "number"], ["account", "no"], ["card", "number"], ["passport", "number"], ["ni", "number"], ["nino"],
    ["insurance", "number"], ["surname"], ["first", "name"], ["last", "name"], ["full", "name"], ["given", "name"],
    ["family", "name"], ["contractor", "name"], ["customer", "name"], ["client", "name"], ["employee", "name"],
    ["person", "name"], ["contact", "name"], ["payer", "name"], ["address"], ["postcode"], ["post", "code"],
    ["zip", "code"], ["date", "of", "birth"], ["birth", "date"], ["birthday"], ["dob"], ["signature", "image"],
  ]

  static func isPersonal(_ name: String) -> Bool {
    let words = NameStyle.words(of: name)
    return words == ["name"] || endings.contains { words.suffix($0.count).elementsEqual($0) }
  }
}
