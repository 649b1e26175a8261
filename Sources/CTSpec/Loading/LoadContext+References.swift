extension LoadContext {
  /// The address that a reference names, seen from a place; `nil` if there is nothing, which is reported.
  ///
  /// The resource is looked for among the `$id`s in sight, then as a file beside the one that the reference stands in.
  func resolve(_ reference: SpecNode, from place: SchemaID) -> SchemaID? {
    guard let text = reference.string else {
      error("reference-type", at: reference.location, "a reference must be a string, not \(reference.article)")
      return nil
    }
    return resolve(text, from: place, at: reference.location)
  }

  /// A reference, by the file that it stands in: many are the same.
  struct Reference: Hashable {
    let file: ExactString
    let text: ExactString
  }

  func resolve(_ text: String, from place: SchemaID, at location: SourceLocation) -> SchemaID? {
    if resources.hasIDs(place.file) { return find(text, from: place, at: location) }
    let reference = Reference(file: ExactString(place.file), text: ExactString(text))
    if let known = resolved[reference] { return known }
    let found = find(text, from: place, at: location)
    if let found { resolved[reference] = found }
    return found
  }

  private func find(_ text: String, from place: SchemaID, at location: SourceLocation) -> SchemaID? {
    let (resource, fragment) = URIReference.split(text)
    guard let root = root(of: resource, from: place, at: location) else { return nil }
    guard let fragment, !fragment.isEmpty else { return root }
    if fragment.hasPrefix("/") { return member(fragment, of: root, text, at: location) }
    if let id = resources.anchor(fragment, in: root) { return id }
    error(
      "unresolved-reference", at: location, "'\(text)' names nothing: there is no anchor '\(fragment)'",
      suggestion: nearest(to: fragment, among: resources.anchorNames(in: root)).map { "did you mean '\($0)'?" })
    return nil
  }

  private func root(of resource: String, from place: SchemaID, at location: SourceLocation) -> SchemaID? {
    let (current, base) = resources.resource(of: place)
    if resource.isEmpty { return current }
    let uri = URIReference.resolve(resource, from: base)
    if let root = resources.root(of: uri) { return root }
    let file = URIReference.resolve(String(URIReference.percentDecoded(resource[...])), from: place.file)
    if URIReference.scheme(of: file) != nil {
      error("unresolved-reference", at: location, "'\(uri)' is the '$id' of no file that was given; nothing is fetched")
      return nil
    }
    guard let root = document(file, at: location) else { return nil }
    let id = SchemaID(file: file, pointer: "")
    if root["$schema"] != nil { enqueue(id, root) }
    return id
  }

  private func member(_ fragment: String, of root: SchemaID, _ text: String, at location: SourceLocation) -> SchemaID? {
    let id = SchemaID(file: root.file, pointer: root.pointer + fragment)
    if node(at: id) != nil { return id }
    error(
      "unresolved-reference", at: location, "'\(text)' names nothing in '\(id.file)'",
      suggestion: suggestion(for: fragment, of: root, in: URIReference.split(text).resource))
    return nil
  }

  /// What a pointer was probably meant to be: each token that names nothing is replaced by the nearest one that does.
  private func suggestion(for fragment: String, of root: SchemaID, in resource: String) -> String? {
    guard let tokens = JSONPointer.tokens(fragment), let last = tokens.indices.last else { return nil }
    var address = root
    var isParentThere = true
    for (index, token) in tokens.enumerated() {
      var next = address.appending(token)
      if node(at: next) == nil {
        guard let names = node(at: address)?.members, let name = nearest(to: token, among: names.lazy.map(\.key)) else {
          return nil
        }
        if index == last, isParentThere { return "did you mean '\(name)'?" }
        isParentThere = false
        next = address.appending(name)
      }
      address = next
    }
    return "did you mean '\(resource)#\(address.pointer.dropFirst(root.pointer.count))'?"
  }

  /// What other drafts call `$defs`.
  private static let definitions: Set<String> = ["definitions", "defs", "$definitions"]

  /// The nearest of some names. After very many comparisons nothing is near any more: thousands of references that name
  /// nothing among thousands of names are one mistake, and no suggestion helps.
  private func nearest(to name: String, among names: some Collection<String>) -> String? {
    if Self.definitions.contains(name), names.contains("$defs") { return "$defs" }
    guard comparisons < Self.maximumComparisons else { return nil }
    comparisons += names.count
    return EditDistance.nearest(to: name, among: names)
  }
}
