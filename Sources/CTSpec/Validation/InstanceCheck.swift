import CTJSON

/// Violations as findings: where in the instance's file, by which schema.
package enum InstanceCheck {
  /// Throws where the instance cannot be judged, which is a fault of the schema: it says so.
  package static func findings(
    in instance: SpecNode, against id: SchemaID, of index: SpecIndex,
    maximumDepth: Int = SchemaValidator.maximumDepth
  ) throws(SpecError) -> [Finding] {
    let violations: [SchemaViolation]
    do throws(SchemaValidator.Undecided) {
      let validator = SchemaValidator(index: index, maximumDepth: maximumDepth)
      violations = try validator.judge(instance.jsonValue, against: id)
    } catch {
      throw SpecError([
        Diagnostic(id: "undecided", at: index[id].location, "the instance cannot be judged: \(error.reason)")
      ])
    }
    var finder = NodeFinder(instance)
    return violations.map { finding($0, &finder) }
  }

  private static func finding(_ violation: SchemaViolation, _ finder: inout NodeFinder) -> Finding {
    let place = violation.pointer.isEmpty ? "the instance" : "'\(violation.pointer)'"
    return Finding(
      Diagnostic(
        .error, id: violation.keyword, at: location(of: violation, &finder),
        "\(place): \(violation.keyword): \(violation.detail)"),
      facts: [
        .init("pointer", violation.pointer), .init("keyword", violation.keyword), .init("detail", violation.detail),
      ])
  }

  /// Where the key stands if it is the key that is wrong, else the value.
  private static func location(of violation: SchemaViolation, _ finder: inout NodeFinder) -> SourceLocation {
    let keyIsWrong = ["additionalProperties", "unevaluatedProperties", "propertyNames"].contains(violation.keyword)
    let key = keyIsWrong ? finder.member(at: violation.pointer)?.keyLocation : nil
    return key ?? finder.node(at: violation.pointer)?.location ?? finder.root.location
  }
}

/// Finds many parts of one file, by pointer: large objects get an index of their keys, so that it is not quadratic.
private struct NodeFinder {
  let root: SpecNode
  private var keyIndexes: [ExactString: [ExactString: Int]] = [:]

  init(_ root: SpecNode) { self.root = root }

  mutating func node(at pointer: String) -> SpecNode? {
    guard let tokens = JSONPointer.tokens(pointer) else { return nil }
    var node = root
    var address = ""
    for token in tokens {
      guard let next = child(token, of: node, at: address) else { return nil }
      node = next
      address = JSONPointer.appending(token, to: address)
    }
    return node
  }

  mutating func member(at pointer: String) -> SpecNode.Member? {
    guard let parent = JSONPointer.parent(of: pointer), let token = JSONPointer.lastToken(of: pointer) else {
      return nil
    }
    return node(at: parent).flatMap { member(token, of: $0, at: parent) }
  }

  private mutating func child(_ token: String, of node: SpecNode, at address: String) -> SpecNode? {
    node.elements == nil ? member(token, of: node, at: address)?.value : JSONPointer.index(token).flatMap { node[$0] }
  }

  private mutating func member(_ token: String, of node: SpecNode, at address: String) -> SpecNode.Member? {
    guard let members = node.members, members.count > 16 else { return node.member(token) }
    let address = ExactString(address)
    if keyIndexes[address] == nil {
      keyIndexes[address] = Dictionary(members.enumerated().map { (ExactString($1.key), $0) }) { first, _ in first }
    }
    return keyIndexes[address]?[ExactString(token)].map { members[$0] }
  }
}
