import CTJSON

/// Builds nodes from events. Faults that leave the structure clear are collected; others end the file.
struct YAMLTreeBuilder {
  /// Nodes that aliases may add in one file: far beyond what people write, far below what harms (`billion laughs`).
  static let maximumExpansion = 100_000

  /// A node with its extent, for bounding what aliases make of it.
  private struct Built {
    var node: SpecNode
    var count = 1
    var height = 0
  }

  let file: String
  private(set) var faults: [Diagnostic] = []
  private var anchors: [String: Built] = [:]
  private var open: Set<String> = []
  private var expanded = 0

  init(file: String) { self.file = file }

  /// The only document of the stream.
  mutating func document(_ events: inout YAMLEvents) throws(YAMLFault) -> SpecNode {
    _ = try events.next()
    let start = try events.next()
    guard case .documentStart = start.kind else {
      throw YAMLFault(location: SourceLocation(file: file), message: "the file is empty")
    }
    let root = try node(try events.next(), &events, depth: 0)
    _ = try events.next()
    let end = try events.next()
    if case .streamEnd = end.kind { return root.node }
    throw YAMLFault(location: end.location, message: "a second document begins here; only one is read")
  }

  private mutating func report(_ id: String, at location: SourceLocation, _ message: String, _ hint: String? = nil) {
    faults.append(Diagnostic(id: id, at: location, message, suggestion: hint))
  }

  private mutating func node(_ event: YAMLEvent, _ events: inout YAMLEvents, depth: Int) throws(YAMLFault) -> Built {
    if case .alias(let name) = event.kind { return try alias(name, event.location, depth: depth) }
    if let anchor = event.anchor { open.insert(anchor) }
    var built = Built(node: SpecNode(.null, at: event.location))
    switch event.kind {
    case .scalar(let text, let isPlain): built.node.value = scalar(text, isPlain, event)
    case .sequenceStart:
      checkTag(event, "tag:yaml.org,2002:seq")
      try sequence(&built, &events, depth: depth + 1)
    case .mappingStart:
      checkTag(event, "tag:yaml.org,2002:map")
      try mapping(&built, &events, depth: depth + 1)
    default: throw YAMLFault(location: event.location, message: "a value is missing here")
    }
    if let anchor = event.anchor {
      open.remove(anchor)
      anchors[anchor] = built
    }
    return built
  }

  private func check(depth: Int, at location: SourceLocation) throws(YAMLFault) {
    guard depth > SpecParser.maximumDepth else { return }
    throw YAMLFault(location: location, message: "nested deeper than \(SpecParser.maximumDepth) levels")
  }

  private mutating func alias(_ name: String, _ location: SourceLocation, depth: Int) throws(YAMLFault) -> Built {
    if open.contains(name) { throw YAMLFault(location: location, message: "the alias '*\(name)' contains itself") }
    guard let target = anchors[name] else {
      throw YAMLFault(location: location, message: "there is no anchor '&\(name)' before this alias")
    }
    expanded += target.count
    guard expanded <= Self.maximumExpansion else {
      throw YAMLFault(
        location: location, message: "aliases expand to more than \(Self.maximumExpansion) values")
    }
    try check(depth: depth + target.height, at: location)
    return target
  }

  private mutating func sequence(_ built: inout Built, _ events: inout YAMLEvents, depth: Int) throws(YAMLFault) {
    try check(depth: depth, at: built.node.location)
    var elements: [SpecNode] = []
    while true {
      let event = try events.next()
      if case .sequenceEnd = event.kind { break }
      let element = try node(event, &events, depth: depth)
      elements.append(element.node)
      built.count += element.count
      built.height = max(built.height, element.height + 1)
    }
    built.node.value = .array(elements)
  }

  private mutating func mapping(_ built: inout Built, _ events: inout YAMLEvents, depth: Int) throws(YAMLFault) {
    try check(depth: depth, at: built.node.location)
    var members: [SpecNode.Member] = []
    var lines = KeyLines()
    while true {
      let event = try events.next()
      if case .mappingEnd = event.kind { break }
      let key = try self.key(event, &events, depth: depth)
      let value = try node(try events.next(), &events, depth: depth)
      built.count += value.count
      built.height = max(built.height, value.height + 1)
      guard let key else { continue }
      if let line = lines.first(of: key, else: event.location.line, in: members) {
        report("duplicate-key", at: event.location, "the key '\(key)' stands here twice, first on line \(line)")
        continue
      }
      members.append(SpecNode.Member(key: key, keyLocation: event.location, value: value.node))
    }
    built.node.value = .object(members)
  }
}

/// On which line each key of a mapping stands; a dictionary is made only where there are many.
private struct KeyLines {
  private var lines: [ExactString: Int]?

  /// The line on which the key stands already; if on none, it is noted to be on this one.
  mutating func first(of key: String, else line: Int, in members: [SpecNode.Member]) -> Int? {
    let key = ExactString(key)
    if members.count < 16 { return members.first { ExactString($0.key) == key }?.keyLocation.line }
    if lines == nil {
      lines = Dictionary(members.map { (ExactString($0.key), $0.keyLocation.line) }) { first, _ in first }
    }
    if let first = lines?[key] { return first }
    lines?[key] = line
    return nil
  }
}

// MARK: - Keys, scalars and tags

extension YAMLTreeBuilder {
  /// The text of a key: a string, or digits as in `200:`.
  private mutating func key(
    _ event: YAMLEvent, _ events: inout YAMLEvents, depth: Int
  ) throws(YAMLFault) -> String? {
    let node = try node(event, &events, depth: depth).node
    if case .scalar("<<", true) = event.kind, event.tag == nil {
      report("merge-key", at: event.location, "merge keys '<<' are not read", "write the members out")
      return nil
    }
    if let string = node.string { return string }
    if case .scalar(let text, true) = event.kind, node.number != nil, text.utf8.allSatisfy({ 48...57 ~= $0 }) {
      return text
    }
    let isScalar = if case .scalar = event.kind { true } else { false }
    report(
      "key-type", at: event.location, "a key must be a string, not \(node.article)",
      isScalar ? "put it in quotation marks" : nil)
    return nil
  }

  private mutating func scalar(_ text: String, _ isPlain: Bool, _ event: YAMLEvent) -> SpecNode.Value {
    guard let tag = event.tag, tag != "!" else {
      if !isPlain || event.tag == "!" { return .string(text) }
      return resolve(text, event.location)
    }
    if tag == "tag:yaml.org,2002:str" { return .string(text) }
    let value = resolve(text, event.location)
    let expected =
      switch value {
      case .null: "tag:yaml.org,2002:null"
      case .bool: "tag:yaml.org,2002:bool"
      case .number(let number):
        tag.hasSuffix("float") || !number.isInteger ? "tag:yaml.org,2002:float" : "tag:yaml.org,2002:int"
      default: ""
      }
    if tag != expected { reportTag(tag, event.location) }
    return value
  }

  private mutating func resolve(_ text: String, _ location: SourceLocation) -> SpecNode.Value {
    switch YAMLCoreSchema.resolve(text) {
    case .value(let value): return value
    case .refused(let reason):
      report("yaml-number", at: location, reason)
      // Meant as a number: that it is none is not one more fault.
      return .number(1)
    }
  }

  private mutating func checkTag(_ event: YAMLEvent, _ expected: String) {
    if let tag = event.tag, tag != expected, tag != "!" { reportTag(tag, event.location) }
  }

  private mutating func reportTag(_ tag: String, _ location: SourceLocation) {
    report("yaml-tag", at: location, "the tag '\(tag)' does not fit here", "remove it")
  }
}
