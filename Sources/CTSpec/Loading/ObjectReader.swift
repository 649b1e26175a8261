import CTJSON

/// Reads one object member by member; what nobody asked for is a fault.
package class ObjectReader {
  package let node: SpecNode
  package let id: SchemaID
  package let context: LoadContext
  /// What the object is, for messages: `schema`, `parameter`, …
  let what: String
  private let members: [SpecNode.Member]
  private var isRead: [Bool]
  /// What was asked for, where ``knownNames`` does not say it.
  private(set) var asked: [String] = []
  /// Which of 64 kinds of names are there: most names that are asked for are not, and this tells nearly always.
  private let kinds: UInt64

  /// ``what`` with its article.
  var aWhat: String { (what.first.map { "aeioO".contains($0) } == true ? "an " : "a ") + what }

  /// Something that is not an object is reported, and then read as an empty one.
  package init(_ node: SpecNode, _ id: SchemaID, _ what: String, _ context: LoadContext) {
    self.node = node
    self.id = id
    self.context = context
    self.what = what
    members = node.members ?? []
    kinds = members.reduce(0) { $0 | ObjectReader.kind($1.key) }
    isRead = Array(repeating: false, count: members.count)
    if node.members == nil { reportKind() }
  }

  /// Hook: how a node that is no object is taken.
  func reportKind() {
    error("object-expected", at: node.location, "\(aWhat) must be an object, not \(node.article)")
  }

  /// Hook: the names that are asked for, for suggestions.
  var knownNames: [String] { asked }

  /// Hook: whether the names that are asked for have to be noted for that.
  var recordsNames: Bool { true }

  func error(_ id: String, at location: SourceLocation, _ message: String, suggestion: String? = nil) {
    context.error(id, at: location, message, suggestion: suggestion)
  }

  /// The member of that name, which is then known.
  package func member(_ key: String) -> SpecNode.Member? {
    if recordsNames { asked.append(key) }
    guard kinds & Self.kind(key) != 0 else { return nil }
    for index in members.indices where members[index].key == key {
      isRead[index] = true
      return members[index]
    }
    return nil
  }

  func has(_ key: String) -> Bool { kinds & Self.kind(key) != 0 && members.contains { $0.key == key } }

  /// One bit, by the length and the last byte of a name.
  private static func kind(_ name: String) -> UInt64 {
    1 << UInt64(truncatingIfNeeded: (name.utf8.count &* 7 &+ Int(name.utf8.last ?? 0)) & 63)
  }

  func any(_ key: String) -> SpecNode? { member(key)?.value }

  /// Reports a value of a wrong kind.
  func mismatch(_ key: String, _ node: SpecNode, _ expected: String, suggestion: String? = nil) {
    error(
      "wrong-type", at: node.location, "'\(key)' must be \(expected), not \(node.article)", suggestion: suggestion)
  }

  func string(_ key: String) -> String? {
    guard let node = any(key) else { return nil }
    if let string = node.string { return string }
    var suggestion: String?
    if let number = node.number { suggestion = "put it in quotation marks: '\(number)'" }
    mismatch(key, node, "a string", suggestion: suggestion)
    return nil
  }

  package func requiredString(_ key: String) -> String {
    if !has(key) { reportMissing(key) }
    return string(key) ?? ""
  }

  func reportMissing(_ key: String) {
    guard node.members != nil else { return }
    error("missing-field", at: node.location, "this \(what) needs '\(key)'")
  }

  func flag(_ key: String, default value: Bool = false) -> Bool {
    guard let node = any(key) else { return value }
    if let bool = node.bool { return bool }
    mismatch(key, node, "true or false", suggestion: node.string.flatMap(Self.meantFlag))
    return value
  }

  /// In YAML 1.2 `yes` and the like are strings (section 10.3.2).
  private static func meantFlag(_ word: String) -> String? {
    switch word.lowercased() {
    case "true", "false": "remove the quotation marks"
    case "yes", "y", "on": "write true"
    case "no", "n", "off": "write false"
    default: nil
    }
  }

  package func list(_ key: String) -> [SpecNode] {
    guard let node = any(key) else { return [] }
    if let elements = node.elements { return elements }
    mismatch(key, node, "an array")
    return []
  }

  /// The members of an object, each with its address.
  package func map(_ key: String) -> [(member: SpecNode.Member, id: SchemaID)] {
    guard let node = any(key) else { return [] }
    guard let members = node.members else {
      mismatch(key, node, "an object")
      return []
    }
    let address = id.appending(key)
    return members.map { ($0, address.appending($0.key)) }
  }

  /// An array of different strings.
  func names(_ key: String) -> [String] {
    guard let node = any(key) else { return [] }
    return names(key, node)
  }

  func names(_ key: String, _ node: SpecNode) -> [String] {
    guard let elements = node.elements else {
      mismatch(key, node, "an array of strings")
      return []
    }
    var seen: Set<ExactString> = []
    return elements.compactMap { element in
      guard let name = element.string else {
        mismatch(key, element, "an array of strings")
        return nil
      }
      if !seen.insert(ExactString(name)).inserted {
        error("duplicate-name", at: element.location, "'\(name)' is listed twice in '\(key)'")
      }
      return name
    }
  }

  /// One of a fixed set of words.
  package func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
  where Choice.RawValue == String {
    guard let node = any(key) else { return nil }
    return choice(key, node)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ node: SpecNode) -> Choice?
  where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    if let word = node.string, let choice = Choice(rawValue: word) { return choice }
    let found = node.string.map { "'\($0)'" } ?? node.article
    error(
      "unknown-value", at: node.location, "'\(key)' must be one of \(words.joined(separator: ", ")), not \(found)",
      suggestion: node.string.flatMap { EditDistance.suggestion(for: $0, among: words) })
    return nil
  }

  /// Reports every member that was not asked for. Extensions `x-…` are free, but `x-ct-…` are the tower's own.
  package func finish() {
    for (member, isRead) in zip(members, isRead) where !isRead {
      if member.key.hasPrefix("x-"), !member.key.hasPrefix("x-ct-") { continue }
      reportUnknown(member)
    }
  }

  func reportUnknown(_ member: SpecNode.Member) {
    let isExtension = member.key.hasPrefix("x-")
    error(
      isExtension ? "unknown-extension" : "unknown-field", at: member.keyLocation,
      "'\(member.key)' is no \(isExtension ? "extension" : "field") of \(aWhat)",
      suggestion: EditDistance.suggestion(for: member.key, among: knownNames))
  }
}

extension SpecNode {
  /// `a string`, `an object`, `null`, …
  var article: String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .array, .object: "an \(kindName)"
    case .number, .string: "a \(kindName)"
    }
  }
}
