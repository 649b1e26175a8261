/// What was typed after a command's name, or stands in the environment.
struct Arguments {
  /// An option: `--name VALUE`, or `--name` alone.
  struct Option {
    let name: String
    /// What its value is called; nil for one that is there or not.
    let value: String?
    /// The environment variable that is asked when it is not typed.
    var variable: String?
    let help: String

    init(_ name: String, _ value: String?, variable: String? = nil, _ help: String) {
      self.name = name
      self.value = value
      self.variable = variable
      self.help = help
    }
  }

  private var values: [String: String] = [:]
  private var typed: Set<String> = []

  init(
    _ words: some Sequence<String>, options: [Option], environment: (String) -> String?
  ) throws(CannotRun) {
    var words = words.makeIterator()
    while let word = words.next() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = options.first(where: { $0.name == parts[0] }) else {
        throw .usage("there is no option '\(parts[0])' here; see --help")
      }
      guard values[option.name] == nil else { throw .usage("\(option.name) is given twice") }
      values[option.name] = try Self.value(of: option, parts.dropFirst().first, &words)
    }
    self.typed = Set(values.keys)
    for option in options where values[option.name] == nil {
      if let value = option.variable.flatMap(environment), !value.isEmpty { values[option.name] = value }
    }
  }

  private static func value(
    of option: Option, _ attached: String?, _ typed: inout some IteratorProtocol<String>
  ) throws(CannotRun) -> String {
    guard option.value != nil else {
      if attached != nil { throw .usage("\(option.name) takes no value") }
      return ""
    }
    guard let value = attached ?? typed.next(), !value.isEmpty else { throw .usage("\(option.name) needs a value") }
    return value
  }

  subscript(_ name: String) -> String? { values[name] }

  /// Sets what was not typed; it counts before the environment.
  mutating func fill(_ name: String, _ value: String) { if !typed.contains(name) { values[name] = value } }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// A table of options for `--help`.
  static func help(_ options: [Option]) -> String {
    options.map { option in
      let name = option.name + (option.value.map { " \($0)" } ?? "")
      let padding = String(repeating: " ", count: max(2, 25 - name.count))
      let variable = option.variable.map { " [\($0)]" } ?? ""
      return "  \(name)\(padding)\(option.help)\(variable)"
    }.joined(separator: "\n")
  }
}
