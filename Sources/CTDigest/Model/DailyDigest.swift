package import CTJSON

/// What happened in the day up to a digest's hour, and how things stand: everything that its renderings say.
///
/// Sections that come from payloads are `nil` for readers who may not see payloads.
package struct DailyDigest: Codable, Hashable, Sendable {
  package enum State: String, Codable, Sendable {
    /// Made at its hour, and never changed again.
    case final
    /// What the next digest would say, had it to be made now.
    case preview
  }

  /// The local date on which the period ends, such as `2025-09-27`.
  package var date: String
  /// IANA name of the zone in which the date and the hour are meant.
  package var timeZone: String
  /// What the zone's clocks were ahead of UTC at the end of the period; times are shown with it.
  package var utcOffsetMinutes: Int
  package var state: State
  package var generatedAt: Timestamp
  package var period: Period
  /// The date of the digest that this one is compared with; `nil` where there is none.
  package var comparedWith: String?
  /// The worst status of all systems.
  package var status: HealthStatus
  package var previousStatus: HealthStatus?
  package var systems: [SystemEntry]
  package var objectives: [ObjectiveEntry]
  package var runs: RunsSection
  package var alerts: AlertsSection
  package var log: LogSection
  package var ci: CISection?
  package var exceptions: ExceptionsSection?
  package var finance: FinanceSection?

  package init(
    date: String, timeZone: String, utcOffsetMinutes: Int, state: State, generatedAt: Timestamp, period: Period,
    status: HealthStatus, systems: [SystemEntry], objectives: [ObjectiveEntry], runs: RunsSection,
    alerts: AlertsSection, log: LogSection, ci: CISection?, exceptions: ExceptionsSection?, finance: FinanceSection?
  ) {
    self.date = date
    self.timeZone = timeZone
    self.utcOffsetMinutes = utcOffsetMinutes
    self.state = state
    self.generatedAt = generatedAt
    self.period = period
    self.status = status
    self.systems = systems
    self.objectives = objectives
    self.runs = runs
    self.alerts = alerts
    self.log = log
    self.ci = ci
    self.exceptions = exceptions
    self.finance = finance
  }

  /// The digest for readers who may not see what comes from payloads.
  package var withoutPayloads: DailyDigest {
    var digest = self
    digest.ci = nil
    digest.exceptions = nil
    digest.finance = nil
    return digest
  }
}

/// A stretch of time: `from` belongs to it, `to` does not.
package struct Period: Codable, Hashable, Sendable {
  package var from: Timestamp
  package var to: Timestamp

  package init(from: Timestamp, to: Timestamp) {
    self.from = from
    self.to = to
  }
}

/// A count, and what it was in the digest before; `previous` is `nil` where there is nothing to compare with.
package struct Figure: Codable, Hashable, Sendable {
  package var value: Int
  package var previous: Int?

  package init(_ value: Int, previous: Int? = nil) {
    self.value = value
    self.previous = previous
  }
}

/// A measured value, and what it was in the digest before; `value` is `nil` with too little data.
package struct Measure: Codable, Hashable, Sendable {
  package var value: Double?
  package var previous: Double?

  package init(_ value: Double?, previous: Double? = nil) {
    self.value = value
    self.previous = previous
  }
}
