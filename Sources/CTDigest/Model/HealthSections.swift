package import CTJSON

/// One system at the end of the period.
package struct SystemEntry: Codable, Hashable, Sendable {
  package var systemId: String
  package var status: HealthStatus
  package var previousStatus: HealthStatus?
  /// `nil` while nothing was ever received from it.
  package var lastHeartbeat: Timestamp?
  package var errors24h: Figure
  /// Why the status is what it is, a sentence each.
  package var notes: [String]

  package init(
    systemId: String, status: HealthStatus, lastHeartbeat: Timestamp?, errors24h: Figure, notes: [String]
  ) {
    self.systemId = systemId
    self.status = status
    self.lastHeartbeat = lastHeartbeat
    self.errors24h = errors24h
    self.notes = notes
  }
}

/// One service level objective at the end of the period.
package struct ObjectiveEntry: Codable, Hashable, Sendable {
  package enum Unit: String, Codable, Sendable {
    case seconds
    case percent
  }

  /// Which side of the target is good.
  package enum Direction: String, Codable, Sendable {
    case atMost = "at_most"
    case atLeast = "at_least"
  }

  /// The value in one of the last digests; `nil` with too little data.
  package struct Point: Codable, Hashable, Sendable {
    package var date: String
    package var value: Double?

    package init(date: String, value: Double?) {
      self.date = date
      self.value = value
    }
  }

  /// Points of a trend at most: a week.
  package static let trendLimit = 7

  /// Stays the same from day to day, such as `intake-latency`.
  package var id: String
  package var title: String
  package var status: ObjectiveStatus
  package var previousStatus: ObjectiveStatus?
  package var unit: Unit
  package var direction: Direction
  package var target: Double
  package var value: Measure
  /// Oldest first, this digest's value last.
  package var trend: [Point]

  package init(
    id: String, title: String, status: ObjectiveStatus, unit: Unit, direction: Direction, target: Double,
    value: Measure, trend: [Point] = []
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.unit = unit
    self.direction = direction
    self.target = target
    self.value = value
    self.trend = trend
  }
}

/// Alerts that the channels did not page anybody for, and what became of others.
package struct AlertsSection: Codable, Hashable, Sendable {
  package enum Severity: String, Codable, Sendable {
    case critical
    case warning
    case info
  }

  package struct Entry: Codable, Hashable, Sendable {
    /// The rule that raised it.
    package var rule: String
    package var severity: Severity
    package var summary: String
    package var since: Timestamp
    /// `nil` while it is raised.
    package var resolvedAt: Timestamp?

    package init(rule: String, severity: Severity, summary: String, since: Timestamp, resolvedAt: Timestamp? = nil) {
      self.rule = rule
      self.severity = severity
      self.summary = summary
      self.since = since
      self.resolvedAt = resolvedAt
    }
  }

  /// Raised now, the worst first.
  package var open: [Entry]
  /// Resolved in the period, the latest first.
  package var resolved: [Entry]
  /// Alerts that the two lists have no place for.
  package var omitted: Int

  package init(open: [Entry] = [], resolved: [Entry] = [], omitted: Int = 0) {
    self.open = open
    self.resolved = resolved
    self.omitted = omitted
  }
}

/// What the log took in, and the signed checkpoint that proves it.
package struct LogSection: Codable, Hashable, Sendable {
  package struct Checkpoint: Codable, Hashable, Sendable {
    /// The last event that is signed.
    package var seq: Int64
    /// The chain's digest at it, as hexadecimal digits.
    package var chain: String
    package var madeAt: Timestamp

    package init(seq: Int64, chain: String, madeAt: Timestamp) {
      self.seq = seq
      self.chain = chain
      self.madeAt = madeAt
    }
  }

  /// The place of the last event in the log.
  package var lastSeq: Int64
  /// Events recorded since the digest before.
  package var events: Figure
  /// `nil` while the log is empty.
  package var checkpoint: Checkpoint?

  package init(lastSeq: Int64, events: Figure, checkpoint: Checkpoint?) {
    self.lastSeq = lastSeq
    self.events = events
    self.checkpoint = checkpoint
  }
}
