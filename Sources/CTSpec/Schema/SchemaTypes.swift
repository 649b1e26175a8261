/// The types of JSON Schema (2020-12 validation, section 6.1.1).
package enum JSONType: String, Hashable, Sendable, CaseIterable {
  case null, boolean, object, array, number, string, integer

  private var ordinal: UInt8 {
    switch self {
    case .null: 0
    case .boolean: 1
    case .object: 2
    case .array: 3
    case .number: 4
    case .string: 5
    case .integer: 6
    }
  }

  /// Not by the words, which is what an enum with raw values does by itself: sets of types are made all the time.
  package func hash(into hasher: inout Hasher) { hasher.combine(ordinal) }
}

/// What is done with a value before it is stored: `x-ct-redact`.
package enum Redaction: String, Hashable, Sendable, CaseIterable {
  /// Left out.
  case drop
  /// Replaced by a keyed digest, so that equal values stay equal.
  case hash
  /// Replaced by a fixed mark, or all but a few characters hidden.
  case mask
  /// Replaced by a reference to where the original is kept.
  case pointer

  /// How much of a value is gone afterwards: everything; all but that it was there; all but whether it is equal to
  /// another; nothing, but it is kept elsewhere.
  package var strength: Int {
    switch self {
    case .drop: 4
    case .mask: 3
    case .hash: 2
    case .pointer: 1
    }
  }
}

/// What an event says about the health of its source: `x-ct-health`.
package enum HealthSignal: String, Hashable, Sendable, CaseIterable {
  case error, activity, heartbeat
}

/// How one property of an object chooses the schema for it (OpenAPI 3.1, section 4.8.25).
package struct Discriminator: Sendable {
  package let propertyName: String
  /// Every value with the branch it selects, in document order: those written in `mapping`, then for each branch that
  /// has none the name of the schema that it references.
  package let mapping: [(value: String, schema: SchemaID)]
  package let location: SourceLocation

  package init(propertyName: String, mapping: [(value: String, schema: SchemaID)], location: SourceLocation) {
    self.propertyName = propertyName
    self.mapping = mapping
    self.location = location
  }
}
