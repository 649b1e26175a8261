internal import CTJSON
internal import CTSpec

/// Writes the tables that the readers use: names to look up, and patterns as automata.
struct ConstantsEmitter {
  private let pool: ConstantPool
  private let index: SpecIndex

  /// - Parameter pool: what all readers use.
  init(_ pool: ConstantPool, index: SpecIndex) {
    self.pool = pool
    self.index = index
  }

  func declarations() -> [Code] {
    var lines: [Code] = []
    for (name, values) in pool.tables.list {
      lines.append(.list("static let \(name) = JSONNameTable([", values.map(literal), "])"))
    }
    for (name, json) in pool.valueLists.list {
      lines.append(.line("static let \(name) = try! JSONValue(parsing: Array(\(literal(json)).utf8)).elements!"))
    }
    for (name, lexeme) in pool.bounds.list {
      lines.append(bound(name, lexeme))
    }
    for (name, lexeme) in pool.divisors.list {
      lines.append(divisor(name, lexeme))
    }
    for (name, pattern) in pool.patterns.list {
      lines.append(.documentation("`\(pattern)`"))
      lines += table(name, pattern, index.patterns[ExactString(pattern)]!)
    }
    return [
      .documentation("Tables made from the schemas: property names, enumerations and compiled patterns."),
      .block("enum SchemaConstants", lines),
    ]
  }

  /// What can be told of the number is told here, so that nothing has to be made when it is first asked for.
  private func bound(_ name: String, _ lexeme: String) -> Code {
    guard let millionths = Self.millionths(lexeme) else {
      return .line("static let \(name): NumberBound = \(literal(lexeme))")
    }
    return .line("static var \(name): NumberBound { NumberBound(\(literal(lexeme)), millionths: \(millionths)) }")
  }

  private static func millionths(_ lexeme: String) -> Int64? {
    let bytes = Array(lexeme.utf8)
    return JSONReader.read(bytes) { json in json.readNumber()?.millionths }
  }

  private func divisor(_ name: String, _ lexeme: String) -> Code {
    let isPowerOfTen =
      lexeme == "1"
      || lexeme.hasPrefix("0.") && lexeme.hasSuffix("1")
        && lexeme.dropFirst(2).dropLast().utf8.allSatisfy { $0 == UInt8(ascii: "0") }
    guard isPowerOfTen else { return .line("static let \(name): NumberDivisor = \(literal(lexeme))") }
    let digits = max(0, lexeme.utf8.count - 2)
    return .line("static var \(name): NumberDivisor { NumberDivisor(\(literal(lexeme)), fractionDigits: \(digits)) }")
  }

  private func table(_ name: String, _ source: String, _ automaton: PatternDFA) -> [Code] {
    let runs = automaton.runs.flatMap { ["\($0.first)", "\($0.class)"] }
    let accepting = automaton.acceptsAtEnd.indices.filter { automaton.acceptsAtEnd[$0] }.map(String.init)
    return code {
      "static let \(name) = CompiledPattern("
      Code.indented(
        code {
          "source: \(literal(source)),"
          Code.list("runs: [", runs, "], classCount: \(automaton.classCount),")
          Code.list("transitions: [", automaton.transitions.map(String.init), "],")
          Code.list("accepting: [", accepting, "], start: \(automaton.start),")
          "matched: \(automaton.matched ?? -1), dead: \(automaton.dead ?? -1))"
        })
    }
  }
}
