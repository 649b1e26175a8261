/// What was typed after a command's name: options with values, flags, and words.
struct CommandLineArguments {
  private(set) var values: [String: String] = [:]
  private(set) var flags: Set<String> = []
  /// What is no option, in order; it may stand before and behind options.
  private(set) var words: [String] = []

  /// - Parameter words: how many words the command takes at most.
  /// - Throws: ``UsageError`` for what the command does not take.
  init(
    _ arguments: some Sequence<String>, options: Set<String>, flags known: Set<String> = [], words limit: Int = 0
  ) throws(UsageError) {
    var iterator = arguments.makeIterator()
    while let argument = iterator.next() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0]
      if known.contains(argument) {
        flags.insert(argument)
      } else if options.contains(name) {
        guard values[name] == nil else { throw UsageError("\(name) is given twice") }
        guard let value = parts.count == 2 ? parts[1] : iterator.next(), !value.isEmpty else {
          throw UsageError("\(name) needs a value")
        }
        values[name] = value
      } else if !argument.hasPrefix("-"), words.count < limit {
        words.append(argument)
      } else {
        let all = options.union(known).sorted().joined(separator: ", ")
        throw UsageError("there is no option '\(argument)' here; there is: \(all)")
      }
    }
  }

  subscript(_ option: String) -> String? { values[option] }
}

/// A command that was typed wrong; exit status 2.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
