/// One located finding about a spec.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable, CaseIterable {
    case error, warning, note
  }

  package var severity: Severity
  package var location: SourceLocation
  /// The rule that was broken: a stable name in kebab-case.
  package var id: String
  package var message: String
  /// What was probably meant, such as `did you mean 'integer'?`.
  package var suggestion: String?

  package init(
    _ severity: Severity = .error, id: String, at location: SourceLocation, _ message: String,
    suggestion: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.location = location
    self.message = message
    self.suggestion = suggestion
  }
}

extension Diagnostic: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool {
    (a.location, a.id, ExactString(a.message)) < (b.location, b.id, ExactString(b.message))
  }

  /// `file:line:column: error: message; suggestion`, always one line.
  package var description: String {
    let text = "\(location): \(severity.rawValue): \(message)" + (suggestion.map { "; \($0)" } ?? "")
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}

/// All findings of one run: faults are collected and reading goes on, so that one run names them all.
package struct Diagnostics: Sendable {
  private var found: Set<Diagnostic> = []

  package init() {}

  package mutating func error(
    _ id: String, at location: SourceLocation, _ message: String, suggestion: String? = nil
  ) {
    append(Diagnostic(.error, id: id, at: location, message, suggestion: suggestion))
  }

  package mutating func warning(
    _ id: String, at location: SourceLocation, _ message: String, suggestion: String? = nil
  ) {
    append(Diagnostic(.warning, id: id, at: location, message, suggestion: suggestion))
  }

  /// Adds a finding; one that is there already is not added twice.
  package mutating func append(_ diagnostic: Diagnostic) { found.insert(diagnostic) }

  /// By file, line and column.
  package var sorted: [Diagnostic] { found.sorted() }

  package var hasErrors: Bool { found.contains { $0.severity == .error } }
}

/// A spec that cannot be used, with every fault that was found in it.
package struct SpecError: Error, Sendable, CustomStringConvertible {
  package let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
