internal import CTSpec

/// A string `enum`.
struct EnumModel {
  var name: String
  var documentation: String?
  var origin: SchemaID
  var cases: [(name: String, value: String)]
  /// What `x-ct-health` says of each case, where the cases select the branches of a union.
  var health: [String: HealthSignal] = [:]
}

/// A struct for objects with known properties.
struct ObjectModel {
  var name: String
  var documentation: String?
  var origin: SchemaID
  var conjunction: Conjunction
  var properties: [PropertyModel]
}

struct PropertyModel {
  /// As in the JSON text.
  var jsonName: String
  /// As in Swift, not escaped.
  var name: String
  var conjunction: Conjunction
  var type: SwiftType
  var isRequired: Bool
  var documentation: String?
  /// The only value that the schema allows: written, never stored.
  var constant: String?
  /// The Swift expression of the schema's `default`: what is not there has this value.
  var defaultValue: String?

  /// Whether the property has a value in any case.
  var isAlwaysPresent: Bool { isRequired || defaultValue != nil }
}

/// An `enum` with associated values for `oneOf` with a `discriminator`.
struct UnionModel {
  struct Branch {
    var name: String
    /// The discriminator's value.
    var value: String
    var documentation: String?
    /// What base and branch say together.
    var object: ObjectModel
  }

  var name: String
  var documentation: String?
  var origin: SchemaID
  /// What holds for every branch.
  var base: ObjectModel
  var discriminator: String
  var branches: [Branch]
  /// Whether something in it is marked with `x-ct-redact`: servers then get the redacted form only.
  var isRedacted: Bool
}

/// All that is generated for schemas, in document order.
struct Models {
  var enums: [EnumModel] = []
  var objects: [ObjectModel] = []
  var unions: [UnionModel] = []
  /// The names of the types that are made for schemas.
  var names: [SchemaID: String] = [:]
}
