internal import CTSpec

extension DiffRule {
  static let requestPropertyBecameReadOnly = DiffRule(
    "request-property-became-read-only", .breaking, "A property is `readOnly` now.",
    because: "Requests that have it are refused.")
  static let requestPropertyNoLongerReadOnly = DiffRule(
    "request-property-no-longer-read-only", .safe, "A property that was `readOnly` may be sent.",
    because: "Callers may leave it out.")
  static let responsePropertyBecameWriteOnly = DiffRule(
    "response-property-became-write-only", .breaking, "A property is `writeOnly` now.",
    because: "It is left out of answers, where readers use it.")
  static let responsePropertyNoLongerWriteOnly = DiffRule(
    "response-property-no-longer-write-only", .safe, "A property that was `writeOnly` is answered.",
    because: "Readers ignore properties that they do not know.")

  static let directionRules = [
    requestPropertyBecameReadOnly, requestPropertyNoLongerReadOnly, responsePropertyBecameWriteOnly,
    responsePropertyNoLongerWriteOnly,
  ]
}

extension DiffRun {
  /// Compares properties that requests or answers do not have, before or after the change. What a property that goes the
  /// other way only says of its value concerns nobody here.
  mutating func compareDirections(
    _ before: DeclaredProperties.Property, _ after: DeclaredProperties.Property, _ old: Conjunction,
    _ new: Conjunction, _ place: Place
  ) {
    guard before.isWithheld != after.isWithheld else { return }
    let keyword = place.side == .request ? "readOnly" : "writeOnly"
    let locations = (
      Conjunction(before.schemas, in: self.old).location(of: keyword),
      Conjunction(after.schemas, in: self.new).location(of: keyword)
    )
    let isDemanded = place.side == .request && new.required.contains(ExactString(after.name))
    let (rule, what) =
      switch (after.isWithheld, place.side) {
      case (true, .request): (DiffRule.requestPropertyBecameReadOnly, "is \(keyword) now")
      case (true, .response): (DiffRule.responsePropertyBecameWriteOnly, "is \(keyword) now")
      case (false, .request) where isDemanded:
        (DiffRule.requestPropertyRequiredAdded, "is no longer \(keyword), and required")
      case (false, .request): (DiffRule.requestPropertyNoLongerReadOnly, "is no longer \(keyword)")
      case (false, .response): (DiffRule.responsePropertyNoLongerWriteOnly, "is no longer \(keyword)")
      }
    report(rule, place, "the property '\(after.name)' \(what)", old: locations.0, new: locations.1)
  }
}

/// The properties that a schema declares, as those see them who send or read by it.
struct DeclaredProperties {
  struct Property {
    let name: String
    let schemas: [SchemaID]
    /// Whether it goes the other way only: `readOnly` ones are refused in requests, whatever `required` says, and
    /// `writeOnly` ones are left out of answers (OpenAPI 3.0, section 4.7.24.2; 3.1 leaves it to the reader).
    let isWithheld: Bool
  }

  let inOrder: [Property]
  private let byName: [ExactString: Property]

  init(_ whole: Conjunction, in index: SpecIndex, on side: Side) {
    inOrder = whole.properties.map { name, schemas in
      let isWithheld = Conjunction(schemas, in: index).isWithheld(on: side)
      return Property(name: name, schemas: schemas, isWithheld: isWithheld)
    }
    byName = Dictionary(inOrder.map { (ExactString($0.name), $0) }) { first, _ in first }
  }

  subscript(_ name: String) -> Property? { byName[ExactString(name)] }
}

extension Conjunction {
  /// Whether a property that this is the schema of goes the other way only.
  func isWithheld(on side: Side) -> Bool {
    members.contains { side == .request ? $0.readOnly : $0.writeOnly }
  }
}
