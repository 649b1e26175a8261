internal import CTJSON

/// Makes one self-contained document of a description and the files that it references: what a deployment answers at
/// `/openapi.json` and `/openapi.yaml`.
package enum SpecBundler {
  /// Schemas of other files move to `components/schemas`, under the last token of their address; where a component was
  /// nothing but a reference to one, it takes its place. Other objects of other files are written where they were
  /// referenced.
  package static func bundle(_ document: OpenAPIDocument) -> SpecNode {
    var bundle = Bundle(document)
    return bundle.make()
  }
}

private struct Bundle {
  private let document: OpenAPIDocument
  private var index: SpecIndex { document.index }
  /// The component that each schema of another file has become.
  private var names: [SchemaID: String] = [:]
  private var taken: Set<ExactString> = []
  /// Schemas that are still to be written, and those that are.
  private var pending: [(id: SchemaID, name: String)] = []

  init(_ document: OpenAPIDocument) {
    self.document = document
    for (name, id) in document.componentSchemas {
      taken.insert(ExactString(name))
      if let target = alias(id), names[target] == nil { names[target] = name }
    }
  }

  /// The schema of another file that a component is another name for.
  private func alias(_ id: SchemaID) -> SchemaID? {
    guard let schema = index.schemas[id], schema.node.members?.count == 1, let target = schema.ref else { return nil }
    return target.file == document.file ? nil : target
  }

  mutating func make() -> SpecNode {
    var root = transform(document.root, SchemaID(file: document.file, pointer: ""))
    var moved: [SpecNode.Member] = []
    while !pending.isEmpty {
      let (id, name) = pending.removeFirst()
      let node = transform(index[id].node, id)
      moved.append(SpecNode.Member(key: name, keyLocation: node.location, value: node))
    }
    if !moved.isEmpty {
      root.update("components") { components in components.update("schemas") { $0.append(moved) } }
    }
    return root
  }

  // MARK: Nodes

  /// Values that are instances: a `$ref` in them is data.
  private static let instances: Set<String> = ["example", "value"]
  /// References to these are rewritten, so in other files nothing needs them any more.
  private static let dropped: Set<String> = ["$defs", "$id", "$schema", "$anchor", "$dynamicAnchor"]
  private static let schemaInstances: Set<String> = ["enum", "const", "default", "examples"]

  private mutating func transform(_ node: SpecNode, _ id: SchemaID) -> SpecNode {
    if let schema = index.schemas[id] { return transform(schema, id) }
    switch node.value {
    case .array(let elements):
      let changed = elements.enumerated().map { $1.isContainer ? transform($1, id.appending($0)) : $1 }
      return SpecNode(.array(changed), at: node.location)
    case .object(let members):
      if let place = external(node, id) { return transform(place.node, place.id) }
      return SpecNode(.object(members.map { transform($0, id) }), at: node.location)
    default: return node
    }
  }

  private mutating func transform(_ member: SpecNode.Member, _ parent: SchemaID) -> SpecNode.Member {
    guard member.value.isContainer else { return member }
    let id = parent.appending(member.key)
    if Self.instances.contains(member.key) || member.key.hasPrefix("x-"), index.schemas[id] == nil { return member }
    return SpecNode.Member(key: member.key, keyLocation: member.keyLocation, value: transform(member.value, id))
  }

  /// What an object that is no schema references, if that is in another file.
  private func external(_ node: SpecNode, _ id: SchemaID) -> (node: SpecNode, id: SchemaID)? {
    guard let text = node["$ref"]?.string else { return nil }
    let (resource, fragment) = URIReference.split(text)
    let file =
      resource.isEmpty
      ? id.file : URIReference.resolve(String(URIReference.percentDecoded(resource[...])), from: id.file)
    let target = SchemaID(file: file, pointer: fragment ?? "")
    guard file != document.file, let found = index.roots[ExactString(file)]?.at(pointer: target.pointer) else {
      return nil
    }
    return (found, target)
  }

  // MARK: Schemas

  private mutating func transform(_ schema: Schema, _ id: SchemaID) -> SpecNode {
    if id.file == document.file, let target = alias(id), names[target] == JSONPointer.lastToken(of: id.pointer) {
      return transform(index[target], target)
    }
    guard let members = schema.node.members else { return schema.node }
    let kept = id.file == document.file ? members : members.filter { !Self.dropped.contains($0.key) }
    let changed = kept.map { member -> SpecNode.Member in
      var member = member
      switch member.key {
      case "$ref":
        if let target = schema.ref { member.value.value = .string(reference(to: target)) }
      case "discriminator":
        if let rule = schema.discriminator { member.value = transform(rule, member.value) }
      default:
        if !Self.schemaInstances.contains(member.key) { member = transform(member, id) }
      }
      return member
    }
    return SpecNode(.object(changed), at: schema.node.location)
  }

  /// A discriminator with its whole mapping written out: the names of branches may have changed.
  private mutating func transform(_ rule: Discriminator, _ node: SpecNode) -> SpecNode {
    let mapping = rule.mapping.map { value, branch in
      let target = index[branch].ref ?? branch
      let text = SpecNode(.string(reference(to: target)), at: node.location)
      return SpecNode.Member(key: value, keyLocation: node.location, value: text)
    }
    let members = (node.members ?? []).filter { $0.key != "mapping" }
    let written = SpecNode.Member(
      key: "mapping", keyLocation: node.location, value: SpecNode(.object(mapping), at: node.location))
    return SpecNode(.object(members + [written]), at: node.location)
  }

  /// The `$ref` to a schema in the new document; one of another file is noted to be moved.
  private mutating func reference(to target: SchemaID) -> String {
    if target.file == document.file { return "#" + percentEncoded(target.pointer) }
    if names[target] == nil {
      let name = freeName(for: target)
      names[target] = name
      pending.append((target, name))
    }
    return "#/components/schemas/" + (names[target] ?? "")
  }

  private mutating func freeName(for id: SchemaID) -> String {
    let file = id.file.split(separator: "/").last.map(String.init) ?? ""
    let wanted = JSONPointer.lastToken(of: id.pointer) ?? String(file.prefix { $0 != "." })
    let plain = String(wanted.unicodeScalars.map { isNameScalar($0) ? Character($0) : "_" })
    let base = plain.isEmpty ? "Schema" : plain
    var name = base
    var number = 2
    while !taken.insert(ExactString(name)).inserted {
      name = "\(base)\(number)"
      number += 1
    }
    return name
  }

  private func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (StringFormats.isLetter(UInt8(scalar.value)) || StringFormats.isDigit(UInt8(scalar.value)))
      || ".-_".unicodeScalars.contains(scalar)
  }

  /// A pointer as the fragment of a URI (RFC 6901, section 6).
  private func percentEncoded(_ pointer: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var text = ""
    for byte in pointer.utf8 {
      if StringFormats.isLetter(byte) || StringFormats.isDigit(byte) || "-._~!$&'()*+,;=:@/?".utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text.unicodeScalars += ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return text
  }
}

extension SpecNode {
  /// Changes a member of an object, made as an empty object if there is none.
  fileprivate mutating func update(_ key: String, _ change: (inout SpecNode) -> Void) {
    guard case .object(var members) = value else { return }
    if let place = members.firstIndex(where: { $0.key == key }) {
      change(&members[place].value)
    } else {
      var node = SpecNode(.object([]), at: location)
      change(&node)
      members.append(Member(key: key, keyLocation: location, value: node))
    }
    value = .object(members)
  }

  fileprivate mutating func append(_ more: [Member]) {
    if case .object(let members) = value { value = .object(members + more) }
  }
}
