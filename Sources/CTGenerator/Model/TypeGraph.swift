internal import CTSpec

/// Which types hold values of which others.
enum TypeGraph {
  /// The properties that hold a value of a type which the struct is a part of, as `Type.property`: a value cannot
  /// contain itself, so these are kept elsewhere (`@Indirect`). Arrays keep their elements elsewhere already.
  static func indirectProperties(of models: Models) -> Set<String> {
    let unions = Dictionary(models.unions.map { ($0.name, $0.branches.map(\.object.name)) }) { first, _ in first }
    let objects = models.objects + models.unions.flatMap(\.declaredBranches)
    let held = Dictionary(objects.map { ($0.name, $0.properties.compactMap { name($0.type) }) }) { first, _ in first }
    let components = StrongComponents(objects.map(\.name)) { held[$0] ?? unions[$0] ?? [] }
    var indirect: Set<String> = []
    for object in objects where components.recursive.contains(object.name) {
      for property in object.properties {
        guard let name = name(property.type), components.component(of: name) == components.component(of: object.name)
        else {
          continue
        }
        indirect.insert("\(object.name).\(property.name)")
      }
    }
    return indirect
  }

  private static func name(_ type: SwiftType) -> String? {
    switch type {
    case .named(let name): name
    case .nullable(let value): name(value)
    default: nil
    }
  }
}
