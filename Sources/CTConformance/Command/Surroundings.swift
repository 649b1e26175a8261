internal import Glibc

/// What a command gets from where it is started. Tests make their own.
package struct Surroundings: Sendable {
  package let environment: @Sendable (String) -> String?
  package let output: TextOutput
  package let errors: TextOutput
  package let isTerminal: Bool
  /// Reads the spec of a file.
  package let spec: @Sendable (String) throws(CannotRun) -> SpecCatalog

  package init(
    environment: @escaping @Sendable (String) -> String?, output: TextOutput, errors: TextOutput, isTerminal: Bool,
    spec: @escaping @Sendable (String) throws(CannotRun) -> SpecCatalog = SpecCatalog.load
  ) {
    self.environment = environment
    self.output = output
    self.errors = errors
    self.isTerminal = isTerminal
    self.spec = spec
  }

  package static let process = Surroundings(
    environment: { getenv($0).map { String(cString: $0) } },
    output: TextOutput { write($0, to: STDOUT_FILENO) }, errors: TextOutput { write($0, to: STDERR_FILENO) },
    isTerminal: isatty(STDOUT_FILENO) == 1)

  static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
