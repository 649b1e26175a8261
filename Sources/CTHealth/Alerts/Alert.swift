package import CTJSON

/// Something that somebody should know about, from when it began until it is over.
package struct Alert: Sendable, Hashable {
  package enum State: String, Sendable {
    /// The condition holds, but not for long enough yet.
    case pending
    case firing
    case resolved
  }

  /// Who said that they look after it.
  package struct Acknowledgement: Sendable, Hashable {
    /// The name of the token.
    package var by: String
    package var at: Timestamp
    package var note: String?

    package init(by: String, at: Timestamp, note: String? = nil) {
      self.by = by
      self.at = at
      self.note = note
    }
  }

  /// `alert_` and 24 hexadecimal digits; ids sort by the time at which the condition began to hold.
  package var id: String
  package var rule: String
  package var dedupeKey: String
  package var severity: Severity
  package var state: State
  package var title: String
  package var detail: String
  package var systemId: String
  /// Where to look, as a path of the tower's API.
  package var link: String?
  package var channels: [String]?
  /// Since when the condition holds.
  package var since: Timestamp
  /// When it fired; `nil` while it is pending.
  package var startedAt: Timestamp?
  package var updatedAt: Timestamp
  package var resolvedAt: Timestamp?
  package var acknowledged: Acknowledgement?
  package var snoozedUntil: Timestamp?
  package var snoozedBy: String?
  /// Whether it stays quiet because the system that its system depends on is red.
  package var isMuted = false
  /// When the channels were last told; `nil` when they never were.
  package var notifiedAt: Timestamp?
  /// Whether the channels are to be told once more that it fires, as a snooze has ended.
  package var isToBeToldAgain = false

  /// Open alerts and those that are over are kept apart, so that finding the open ones costs no more with every one that
  /// is over.
  package static let openCollection = "alerts-open"
  package static let closedCollection = "alerts-closed"

  package var isOpen: Bool { state != .resolved }
}

/// What has become of an alert.
package struct AlertChange: Sendable, Hashable {
  /// What the channels are told.
  package enum Notice: String, Sendable {
    case firing, updated, acknowledged, resolved
  }

  package var alert: Alert
  /// Whether the alert never fired, and nothing of it is kept.
  package var isDropped = false
  package var notice: Notice?
}
