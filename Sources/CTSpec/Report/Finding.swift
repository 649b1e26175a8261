/// A diagnostic with what reports show beside it.
package struct Finding: Hashable, Sendable {
  /// Another place that belongs to the finding.
  package struct Place: Hashable, Sendable {
    package var location: SourceLocation
    package var message: String

    package init(_ location: SourceLocation, _ message: String) {
      self.location = location
      self.message = message
    }
  }

  /// A named fact for programs, such as the JSON Pointer of a violation.
  package struct Fact: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var diagnostic: Diagnostic
  package var related: [Place]
  package var facts: [Fact]

  package init(_ diagnostic: Diagnostic, related: [Place] = [], facts: [Fact] = []) {
    self.diagnostic = diagnostic
    self.related = related
    self.facts = facts
  }

  /// The message with its suggestion, always one line.
  var text: String {
    let text = diagnostic.message + (diagnostic.suggestion.map { "; \($0)" } ?? "")
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
