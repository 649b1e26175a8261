internal import CTJSON

extension Notification {
  /// What happened to the alert, as a word before its title: `CRITICAL`, or `RESOLVED`.
  package var label: String {
    switch state {
    case .firing: severity.rawValue.uppercased()
    case .updated: "\(severity.rawValue.uppercased()), updated"
    case .acknowledged: "ACKNOWLEDGED"
    case .resolved: "RESOLVED"
    }
  }

  /// The title on one line, with what happened before it: for subjects and summaries.
  package var headline: String { "[\(label)] \(title.onOneLine)" }

  /// Names and values that are shown below the detail.
  package var facts: [(name: String, value: String)] {
    let facts: [(String, String?)] = [
      ("System", systemId), ("Severity", severity.rawValue), ("Rule", rule), ("Since", startedAt.description),
      (state == .resolved ? "Resolved" : "Told", at.description),
    ]
    return facts.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension String {
  /// Control characters and line breaks as spaces.
  package var onOneLine: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  /// The first so many characters, with an ellipsis as the last where some are left out.
  package func shortened(to count: Int) -> String {
    self.count <= count ? self : String(prefix(count - 1)) + "…"
  }
}
