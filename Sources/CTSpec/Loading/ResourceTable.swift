/// The addresses that `$id`, `$anchor` and file names give to schemas (2020-12 core, sections 8.2 and 9).
struct ResourceTable {
  private struct Anchor: Hashable {
    let resource: SchemaID
    let name: ExactString
  }

  /// Roots of schema resources by URI without fragment, and files by path.
  private var roots: [ExactString: SchemaID] = [:]
  /// The base URI of each schema that has an `$id`.
  private var bases: [SchemaID: String] = [:]
  private var anchors: [Anchor: SchemaID] = [:]
  private var filesWithIDs: Set<ExactString> = []

  /// Finds the identifiers of a file.
  mutating func register(file: String, root: SpecNode, diagnostics: inout Diagnostics) {
    let id = SchemaID(file: file, pointer: "")
    roots[ExactString(file)] = id
    guard Self.hasIdentifiers(root) else { return }
    var scan = [Item(node: root, id: id, resource: id, base: file, isMap: false)]
    while let item = scan.popLast() { visit(item, &scan, &diagnostics) }
  }

  /// Whether there is anything to find: in most files there is not, and this is quickly seen.
  private static func hasIdentifiers(_ node: SpecNode) -> Bool {
    switch node.value {
    case .object(let members):
      members.contains { member in
        member.key.utf8.first == UInt8(ascii: "$") && identifiers.contains(member.key) || hasIdentifiers(member.value)
      }
    case .array(let elements): elements.contains(where: hasIdentifiers)
    default: false
    }
  }

  private static let identifiers: Set<String> = ["$id", "$anchor", "$dynamicAnchor"]

  /// Whether where in a file a reference stands says what it is relative to.
  func hasIDs(_ file: String) -> Bool { filesWithIDs.contains(ExactString(file)) }

  func root(of uri: String) -> SchemaID? { roots[ExactString(uri)] }

  func anchor(_ name: String, in resource: SchemaID) -> SchemaID? {
    anchors[Anchor(resource: resource, name: ExactString(name))]
  }

  func anchorNames(in resource: SchemaID) -> [String] {
    anchors.keys.filter { $0.resource == resource }.map(\.name.string).sorted()
  }

  /// The resource that an address lies in and the base URI for references from there.
  func resource(of id: SchemaID) -> (root: SchemaID, base: String) {
    if filesWithIDs.contains(ExactString(id.file)) {
      var pointer: String? = id.pointer
      while let current = pointer {
        let candidate = SchemaID(file: id.file, pointer: current)
        if let base = bases[candidate] { return (candidate, base) }
        pointer = JSONPointer.parent(of: current)
      }
    }
    return (SchemaID(file: id.file, pointer: ""), id.file)
  }
}

extension ResourceTable {
  private struct Item {
    let node: SpecNode
    let id: SchemaID
    var resource: SchemaID
    var base: String
    /// Whether the keys are names, not keywords.
    let isMap: Bool
  }

  /// Keywords with values that are instances: identifiers in them are none.
  private static let instances: Set<String> = ["enum", "const", "default", "example", "examples", "value"]
  private static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "responses", "parameters",
    "headers", "content", "paths", "callbacks", "requestBodies", "pathItems", "securitySchemes",
  ]

  /// Extensions are instances too: nobody knows what is in them.
  private static func isInstance(_ keyword: String) -> Bool { instances.contains(keyword) || keyword.hasPrefix("x-") }

  private mutating func visit(_ item: Item, _ scan: inout [Item], _ diagnostics: inout Diagnostics) {
    var item = item
    if let members = item.node.members {
      if !item.isMap { identify(&item, &diagnostics) }
      for member in members.reversed() where item.isMap || !Self.isInstance(member.key) {
        guard member.value.isContainer else { continue }
        let isMap = !item.isMap && Self.maps.contains(member.key)
        push(member.value, item.id.appending(member.key), of: item, isMap, &scan)
      }
    } else if let elements = item.node.elements {
      for (index, element) in elements.enumerated().reversed() where element.isContainer {
        push(element, item.id.appending(index), of: item, false, &scan)
      }
    }
  }

  private func push(_ node: SpecNode, _ id: SchemaID, of parent: Item, _ isMap: Bool, _ scan: inout [Item]) {
    scan.append(Item(node: node, id: id, resource: parent.resource, base: parent.base, isMap: isMap))
  }

  private mutating func identify(_ item: inout Item, _ diagnostics: inout Diagnostics) {
    if let node = item.node["$id"], let text = node.string {
      let uri = URIReference.resolve(URIReference.split(text).resource, from: item.base)
      if let other = roots[ExactString(uri)], other != item.id {
        diagnostics.error("duplicate-id", at: node.location, "'\(uri)' is already the address of \(other)")
      } else {
        roots[ExactString(uri)] = item.id
      }
      (item.resource, item.base) = (item.id, uri)
      bases[item.id] = uri
      filesWithIDs.insert(ExactString(item.id.file))
    }
    for keyword in ["$anchor", "$dynamicAnchor"] {
      guard let node = item.node[keyword], let name = node.string else { continue }
      let anchor = Anchor(resource: item.resource, name: ExactString(name))
      if let other = anchors[anchor], other != item.id {
        diagnostics.error("duplicate-anchor", at: node.location, "the anchor '\(name)' is already given to \(other)")
      }
      anchors[anchor] = item.id
    }
  }
}
