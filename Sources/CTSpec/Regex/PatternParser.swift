/// Parses the patterns of ECMA-262, section 22.2.1, one production a method.
///
/// Beyond the flag `u`, an escaped punctuation character stands for itself anywhere, as many schemas write `\-` or `\@`.
struct PatternParser {
  static let maximumDepth = 200
  static let maximumCount = 10_000
  static let maximumLength = 100_000
  /// Ranges of code points in all classes together: those of `\p{L}` are hundreds.
  static let maximumRanges = 50_000

  let scalars: [UInt32]
  var index = 0
  private var depth = 0
  private var rangeCount = 0
  /// The names of groups that may take part in the same match as what comes next.
  private var groupNames: Set<String> = []

  init(_ source: String) { scalars = source.unicodeScalars.map(\.value) }

  func fault(_ message: String, at offset: Int? = nil) -> Pattern.Fault {
    Pattern.Fault(message: message, offset: offset ?? index)
  }

  var peek: UInt32? { index < scalars.count ? scalars[index] : nil }

  func starts(with text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars.map(\.value)) }

  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  mutating func pattern() throws(Pattern.Fault) -> Pattern.Node {
    if scalars.count > Self.maximumLength {
      throw fault("the pattern is longer than \(Self.maximumLength) characters", at: Self.maximumLength)
    }
    let node = try disjunction()
    if peek != nil { throw fault("')' closes nothing") }
    return node
  }

  private mutating func disjunction() throws(Pattern.Fault) -> Pattern.Node {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw fault("groups are nested deeper than \(Self.maximumDepth) levels") }
    let before = groupNames
    var branches = [try alternative()]
    var names = groupNames
    while take("|") {
      groupNames = before
      branches.append(try alternative())
      names.formUnion(groupNames)
    }
    groupNames = names
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func alternative() throws(Pattern.Fault) -> Pattern.Node {
    var terms: [Pattern.Node] = []
    while let next = peek, next != Self.code("|"), next != Self.code(")") { terms.append(try term()) }
    return terms.isEmpty ? .empty : terms.count == 1 ? terms[0] : .sequence(terms)
  }

  private mutating func term() throws(Pattern.Fault) -> Pattern.Node {
    let start = index
    if let assertion = assertion() {
      if let next = peek, "*+?{".unicodeScalars.contains(where: { $0.value == next }) {
        throw fault("nothing stands here that could be repeated")
      }
      return .assertion(assertion)
    }
    let atom = try atom()
    if case .scalar(let set) = atom { rangeCount += set.ranges.count }
    if rangeCount > Self.maximumRanges { throw fault("the pattern has too many classes of characters", at: start) }
    return try quantified(atom, from: start)
  }

  private mutating func assertion() -> Pattern.Assertion? {
    if take("^") { return .start }
    if take("$") { return .end }
    if take("\\b") { return .wordBoundary }
    if take("\\B") { return .notWordBoundary }
    return nil
  }

  private mutating func atom() throws(Pattern.Fault) -> Pattern.Node {
    let start = index
    switch peek {
    case Self.code("("): return try group()
    case Self.code("["): return .scalar(try characterClass())
    case Self.code("."):
      index += 1
      return .scalar(.dot)
    case Self.code("\\"): return try escapedAtom()
    case Self.code("*"), Self.code("+"), Self.code("?"), Self.code("{"):
      throw fault("nothing stands before this that could be repeated; escape it with '\\' if it stands for itself")
    case Self.code("]"), Self.code("}"):
      throw fault("this closes nothing; escape it with '\\' if it stands for itself")
    default:
      index += 1
      return .scalar(ScalarSet(scalars[start]))
    }
  }

  private mutating func group() throws(Pattern.Fault) -> Pattern.Node {
    let start = index
    index += 1
    var unsupported: String?
    if take("?") {
      if take("=") || take("!") {
        unsupported = "look-ahead '(?\(Self.text(scalars[index - 1]))' cannot be matched in linear time"
      } else if starts(with: "<=") || starts(with: "<!") {
        unsupported = "look-behind '(?<\(Self.text(scalars[index + 1]))' cannot be matched in linear time"
        index += 2
      } else if take("<") {
        try groupName(from: start)
      } else if !take(":") {
        throw fault("'(?' must be followed by ':', '=', '!' or '<'", at: start)
      }
    }
    let node = try disjunction()
    guard take(")") else { throw fault("this '(' is not closed", at: start) }
    return unsupported.map { .unsupported($0, offset: start) } ?? node
  }

  private mutating func groupName(from start: Int) throws(Pattern.Fault) {
    let first = index
    while let next = peek, next != Self.code(">") {
      let isLetter = next == Self.code("$") || ScalarSet.wordCharacters.contains(next) || next > 127
      if !isLetter || index == first && ScalarSet.digits.contains(next) { throw fault("this is no name of a group") }
      index += 1
    }
    let name = scalars[first..<index].map(Self.text).joined()
    guard index > first, take(">") else { throw fault("the name of this group is not complete", at: start) }
    // An early error (ECMA-262, section 22.2.1.1), but not in alternatives, of which one alone takes part.
    guard groupNames.insert(name).inserted else {
      throw fault("there is another group of the name '\(name)'", at: start)
    }
  }

  static func code(_ scalar: Unicode.Scalar) -> UInt32 { scalar.value }

  static func text(_ value: UInt32) -> String { Unicode.Scalar(value).map { String(Character($0)) } ?? "?" }
}

// MARK: - Quantifiers

extension PatternParser {
  private mutating func quantified(_ atom: Pattern.Node, from start: Int) throws(Pattern.Fault) -> Pattern.Node {
    let (minimum, maximum): (Int, Int?)
    if take("*") {
      (minimum, maximum) = (0, nil)
    } else if take("+") {
      (minimum, maximum) = (1, nil)
    } else if take("?") {
      (minimum, maximum) = (0, 1)
    } else if peek == Self.code("{") {
      (minimum, maximum) = try counts()
    } else {
      return atom
    }
    _ = take("?")  // Lazy: another match, but a match all the same.
    if let next = peek, "*+?{".unicodeScalars.contains(where: { $0.value == next }) {
      throw fault("what is repeated already cannot be repeated again; put it in a group")
    }
    if case .unsupported = atom { return atom }
    return .repetition(atom, minimum: minimum, maximum: maximum)
  }

  private mutating func counts() throws(Pattern.Fault) -> (Int, Int?) {
    let start = index
    index += 1
    guard let minimum = try count() else { throw fault("a count such as '{2,5}' was expected", at: start) }
    var maximum: Int? = minimum
    if take(",") { maximum = try count() }
    guard take("}") else { throw fault("a count such as '{2,5}' was expected", at: start) }
    if let maximum, maximum < minimum { throw fault("the counts are out of order", at: start) }
    return (minimum, maximum)
  }

  private mutating func count() throws(Pattern.Fault) -> Int? {
    let start = index
    var value = 0
    while let digit = peek, ScalarSet.digits.contains(digit) {
      value = value * 10 + Int(digit - 48)
      if value > Self.maximumCount { throw fault("counts go up to \(Self.maximumCount)", at: start) }
      index += 1
    }
    return index > start ? value : nil
  }
}
