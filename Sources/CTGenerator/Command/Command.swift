/// One command of `openapi-gen`: what it takes, what its help says, what it does.
package struct Command: Sendable {
  package struct Option: Sendable {
    var name: String
    /// What the value is called in the help, such as `FILE`.
    var value: String
    var help: String
    var isRequired: Bool
    var repeats: Bool

    package init(name: String, value: String, help: String, isRequired: Bool = false, repeats: Bool = false) {
      self.name = name
      self.value = value
      self.help = help
      self.isRequired = isRequired
      self.repeats = repeats
    }
  }

  /// An argument without a name of its own.
  package struct Operand: Sendable {
    var name: String
    var help: String

    package init(name: String, help: String) {
      self.name = name
      self.help = help
    }
  }

  package typealias Run = @Sendable (Arguments, CommandIO) throws(UsageError) -> Int32

  var name: String
  var summary: String
  var operands: [Operand]
  var options: [Option]
  /// What else the help says, exit statuses among it.
  var notes: String
  var run: Run

  package init(
    name: String, summary: String, operands: [Operand] = [], options: [Option], notes: String, run: @escaping Run
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.options = options
    self.notes = notes
    self.run = run
  }

  var usage: String {
    let options = options.map { option in
      let text = "\(option.name) \(option.value)"
      return option.isRequired ? text : option.repeats ? "[\(text)]..." : "[\(text)]"
    }
    return (["openapi-gen \(name)"] + operands.map(\.name) + options).joined(separator: " ")
  }

  var help: String {
    let rows =
      operands.map { ($0.name, $0.help) } + options.map { ("\($0.name) \($0.value)", $0.help) }
      + [("--help", "this text")]
    let width = (rows.map(\.0.count).max() ?? 0) + 3
    let table = rows.map { "  " + $0 + String(repeating: " ", count: width - $0.count) + $1 }
    return """
      \(summary)

      usage: \(usage)

      \(table.joined(separator: "\n"))

      \(notes)
      """
  }
}

/// A command line that cannot be meant.
package struct UsageError: Error {
  package var message: String
  package init(_ message: String) { self.message = message }
}

/// What stands on the command line, by name.
package struct Arguments: Sendable {
  package private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// The last value of an option.
  package subscript(_ option: String) -> String? { values[option]?.last }

  package func all(_ option: String) -> [String] { values[option] ?? [] }

  /// The value of an option that the parser has seen to be there.
  package func required(_ option: String) -> String { self[option] ?? "" }
}

extension Arguments {
  /// Reads `--name VALUE` and `--name=VALUE` in any order; `--` ends the options, `-` alone is an operand or a value.
  init(_ arguments: some Sequence<String>, for command: Command) throws(UsageError) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        operands.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw UsageError("there is no option '\(name)'" + Self.hint(name, command))
      }
      guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
        throw UsageError("\(name) needs a value: \(option.value)")
      }
      guard !value.isEmpty else { throw UsageError("the value of \(name) is empty: \(option.value) is needed") }
      if values[name] != nil, !option.repeats { throw UsageError("\(name) stands there twice") }
      values[name, default: []].append(value)
    }
    try check(command)
  }

  private func check(_ command: Command) throws(UsageError) {
    if let missing = command.options.first(where: { $0.isRequired && self[$0.name] == nil }) {
      throw UsageError("\(missing.name) \(missing.value) is needed")
    }
    if operands.count > command.operands.count {
      throw UsageError("'\(operands[command.operands.count])' is one argument too many")
    }
    if operands.count < command.operands.count {
      throw UsageError("\(command.operands[operands.count].name) is missing")
    }
    if let empty = operands.firstIndex(of: "") { throw UsageError("\(command.operands[empty].name) is empty") }
  }

  private static func hint(_ name: String, _ command: Command) -> String {
    EditDistanceHint.suggestion(for: name, among: command.options.map(\.name))
  }
}
