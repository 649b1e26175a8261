package import CTJSON

/// What people are told of an alert, whatever the channel: it fires, is updated, is resolved.
package struct Notification: Sendable, Hashable {
  /// Highest first; `warning` and above are meant to be noticed at once, `info` can wait.
  package enum Severity: String, Sendable, CaseIterable {
    case critical, error, warning, info
  }

  /// What happened to the alert. Acknowledged: somebody looks after it.
  package enum State: String, Sendable, CaseIterable {
    case firing, updated, acknowledged, resolved
  }

  /// Its own for each notification, the same whenever that one is delivered again: what receivers know a repeat by.
  package var id: String
  /// The rule that made the alert, such as `backend-errors`.
  package var rule: String
  package var severity: Severity
  package var state: State
  /// One line: what is wrong.
  package var title: String
  /// What is known about it, and what to do; may have several lines.
  package var detail: String
  /// The system that it is about, if it is about one.
  package var systemId: String?
  /// The same for all notifications of one alert: receivers join them by it.
  package var dedupeKey: String
  /// When the alert began.
  package var startedAt: Timestamp
  /// When this was to be told.
  package var at: Timestamp
  /// Where to read more.
  package var link: String?

  package init(
    id: String, rule: String, severity: Severity, state: State, title: String, detail: String,
    systemId: String? = nil, dedupeKey: String, startedAt: Timestamp, at: Timestamp, link: String? = nil
  ) {
    self.id = id
    self.rule = rule
    self.severity = severity
    self.state = state
    self.title = title
    self.detail = detail
    self.systemId = systemId
    self.dedupeKey = dedupeKey
    self.startedAt = startedAt
    self.at = at
    self.link = link
  }
}
