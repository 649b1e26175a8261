internal import CTSpec

/// A string `enum`.
struct EnumModel: Sendable {
  var name: String
  var documentation: String?
  var origin: SchemaID
  var cases: [(name: String, value: String)]
  /// What `x-ct-health` says of each case, where the cases select the branches of a union.
  var health: [String: HealthSignal] = [:]
}

/// A struct for objects with known properties.
struct ObjectModel: Sendable {
  var name: String
  var documentation: String?
  var origin: SchemaID
  var conjunction: Conjunction
  var properties: [PropertyModel]
}

struct PropertyModel: Sendable {
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
struct UnionModel: Sendable {
  struct Branch: Sendable {
    var name: String
    /// The discriminator's value.
    var value: String
    var documentation: String?
    /// What base and branch say together.
    var object: ObjectModel
    /// Whether the struct is declared with the union, and not a type that is there already.
    var isDeclared: Bool
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

  /// The structs that are declared with it.
  var declaredBranches: [ObjectModel] { branches.filter(\.isDeclared).map(\.object) }
}

/// All that is generated for schemas, in document order.
struct Models: Sendable {
  private(set) var enums: [EnumModel] = []
  private(set) var objects: [ObjectModel] = []
  private(set) var unions: [UnionModel] = []
  /// The places of all of them, each in its own list.
  private var places: [String: Int] = [:]
  /// The names of the types that are made for schemas.
  var names: [SchemaID: String] = [:]
  /// The names of the types that are made for values which have to meet several schemas.
  var mergedNames: [Set<SchemaID>: String] = [:]
}

extension Models {
  mutating func append(_ model: EnumModel) {
    places[model.name] = enums.count
    enums.append(model)
  }

  mutating func append(_ model: ObjectModel) {
    places[model.name] = objects.count
    objects.append(model)
  }

  mutating func append(_ model: UnionModel) {
    places[model.name] = unions.count
    unions.append(model)
  }

  /// The name of the type for values which have to meet all of these, of which there are several.
  func mergedName(_ schemas: [SchemaID]) -> String? {
    schemas.count == 1 || mergedNames.isEmpty ? nil : mergedNames[Set(schemas)]
  }

  func stringEnum(_ name: String) -> EnumModel? {
    places[name].flatMap { $0 < enums.count && enums[$0].name == name ? enums[$0] : nil }
  }

  func object(_ name: String) -> ObjectModel? {
    places[name].flatMap { $0 < objects.count && objects[$0].name == name ? objects[$0] : nil }
  }

  private func union(_ name: String) -> UnionModel? {
    places[name].flatMap { $0 < unions.count && unions[$0].name == name ? unions[$0] : nil }
  }

  /// Whether a type is a union of which handlers get the redacted form.
  func isRedacted(_ type: SwiftType) -> Bool {
    guard case .named(let name) = type else { return false }
    return union(name)?.isRedacted ?? false
  }

  mutating func note(_ health: HealthSignal, of value: String, in name: String) {
    guard let place = places[name], place < enums.count, enums[place].name == name else { return }
    enums[place].health[value] = health
  }
}
