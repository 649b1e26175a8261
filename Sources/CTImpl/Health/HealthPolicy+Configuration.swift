package import CTGenerated
package import CTHealth
internal import CTJSON

extension HealthPolicy {
  /// The configuration in the engine's terms; `nil` stands for a configuration in which nothing is set.
  package init(_ configuration: Configuration?) throws(ConfigurationError) {
    let dependencies = configuration?.dependencies ?? []
    let systems = Source.allCases.map { source in
      System(id: source.rawValue, parent: dependencies.first { $0.system == source }?.parent.rawValue)
    }
    self.init(systems: systems, calendar: try Self.calendar(configuration?.businessHours ?? OfficeHours()))
    latency = LatencyPolicy(configuration?.intakeLatency ?? IntakeLatency())
    runs = RunPolicy(configuration?.runSuccess ?? RunSuccess())
    heartbeat = HeartbeatPolicy(configuration?.heartbeat ?? Heartbeat())
    errors = ErrorPolicy(configuration?.errors ?? ErrorThresholds())
    let alerts = configuration?.alerts ?? Alerting()
    delivery.from = Severity(alerts.deliverFrom.rawValue)
    delivery.updateInterval = Int64(alerts.updateMinutes) * Span.minute
    rules = try AlertRule.all(alerts)
    try check()
  }

  private static func calendar(_ hours: OfficeHours) throws(ConfigurationError) -> BusinessCalendar {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let weekdays = Set(
      hours.weekdays.split(separator: ",").compactMap { names.firstIndex(of: String($0)) }.map { $0 + 1 })
    let holidays = (hours.holidays ?? []).compactMap { Timestamp.days(ofDate: $0.utf8) }
    do throws(BusinessCalendar.Fault) {
      return try BusinessCalendar(
        BusinessHours(
          timeZone: hours.timeZone, weekdays: weekdays, opens: minutes(hours.opens), closes: minutes(hours.closes),
          holidays: Set(holidays)))
    } catch {
      throw ConfigurationError(description: "businessHours: \(error)")
    }
  }

  /// Minutes after midnight of a time such as 17:30, whose form the schema has checked.
  private static func minutes(_ text: String) -> Int {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    return parts[0] * 60 + parts[1]
  }

  private func check() throws(ConfigurationError) {
    guard latency.green <= latency.amber else { throw .order("intakeLatency", "greenSeconds", "amberSeconds") }
    guard heartbeat.amber <= heartbeat.red else { throw .order("heartbeat", "amberSeconds", "redSeconds") }
    guard runs.amber <= runs.green else { throw .order("runSuccess", "amber", "green") }
    guard errors.amber <= errors.red else { throw .order("errors", "amber", "red") }
    for system in systems where Self.isInCircle(system, systems) {
      throw ConfigurationError(description: "dependencies: '\(system.id)' depends on itself")
    }
    var seen: Set<String> = []
    for rule in rules where !seen.insert(rule.id).inserted {
      throw ConfigurationError(description: "alerts: there are two rules called '\(rule.id)'; give one another id")
    }
  }

  private static func isInCircle(_ system: System, _ systems: [System]) -> Bool {
    var parent = system.parent
    for _ in systems {
      if parent == system.id { return true }
      parent = systems.first { $0.id == parent }?.parent
    }
    return false
  }
}

extension ConfigurationError {
  fileprivate static func order(_ section: String, _ small: String, _ large: String) -> ConfigurationError {
    ConfigurationError(description: "\(section): \(small) may not be more than \(large)")
  }
}

extension LatencyPolicy {
  init(_ objective: IntakeLatency) {
    self.init()
    green = Int64(objective.greenSeconds) * Span.second
    amber = Int64(objective.amberSeconds) * Span.second
    window = Int64(objective.windowHours) * Span.hour
    minimumSamples = objective.minimumSamples
  }
}

extension RunPolicy {
  init(_ objective: RunSuccess) {
    self.init()
    green = objective.green.double
    amber = objective.amber.double
    window = Int64(objective.windowDays) * Span.day
    minimumSamples = objective.minimumSamples
    defaultLimit = Int64(objective.slaSeconds) * Span.second
  }
}

extension HeartbeatPolicy {
  init(_ objective: Heartbeat) {
    self.init()
    amber = Int64(objective.amberSeconds) * Span.second
    red = Int64(objective.redSeconds) * Span.second
    allowedSilence = objective.allowedSilence.double
  }
}

extension ErrorPolicy {
  init(_ thresholds: ErrorThresholds) {
    self.init()
    windowMinutes = Int64(thresholds.windowMinutes)
    amber = thresholds.amber
    red = thresholds.red
  }
}
