package import CTGenerated
package import CTHealth
internal import CTJSON
package import CTRuns

extension HealthPolicy {
  /// The configuration in the engine's terms; `nil` stands for a configuration in which nothing is set.
  ///
  /// - Parameter triggers: what is bound, for how long their runs may take.
  /// - Throws: what is right by its schema and cannot be meant, with its place.
  package init(
    _ configuration: Configuration?, triggers: [TriggerDefinition] = []
  ) throws(ConfigurationError) {
    let latency = LatencyPolicy(configuration?.intakeLatency ?? IntakeLatency())
    self.init(
      systems: try Self.systems(configuration, latency),
      calendar: try Self.calendar(configuration?.businessHours ?? OfficeHours()))
    self.latency = latency
    runs = RunPolicy(configuration?.runSuccess ?? RunSuccess())
    for trigger in triggers { runs.limits[trigger.name] = Int64(trigger.sla / .microseconds(1)) }
    heartbeat = HeartbeatPolicy(configuration?.heartbeat ?? Heartbeat())
    errors = ErrorPolicy(configuration?.errors ?? ErrorThresholds())
    let alerts = configuration?.alerts ?? Alerting()
    delivery.from = Severity(alerts.deliverFrom.rawValue)
    delivery.updateInterval = Int64(alerts.updateMinutes) * Span.minute
    rules = try AlertRule.all(alerts)
    try check()
    try Self.checkDependencies(configuration?.dependencies ?? [], systems)
    try Self.checkRules(rules, alerts, channels: (configuration?.channels ?? []).map(\.name))
  }

  /// The systems that are watched.
  private static func systems(
    _ configuration: Configuration?, _ latency: LatencyPolicy
  ) throws(ConfigurationError) -> [System] {
    let settings = configuration?.systems ?? []
    let dependencies = configuration?.dependencies ?? []
    for (place, system) in settings.enumerated() {
      let pointer = "/systems/\(place)"
      if settings[..<place].contains(where: { $0.system == system.system }) {
        throw ConfigurationError(description: "'\(system.system.rawValue)' comes twice", pointer: pointer)
      }
      if system.system == .tower, !system.watched {
        throw ConfigurationError(
          description: "the tower always watches itself: its store, its runs and its dead letters", pointer: pointer)
      }
      if let own = system.intakeLatency { try order(pointer + "/intakeLatency", own.greenSeconds, own.amberSeconds) }
      if let own = system.heartbeat {
        try order(pointer + "/heartbeat", own.amberSeconds, own.redSeconds, "amberSeconds", "redSeconds")
      }
    }
    return Source.allCases.compactMap { source in
      let own = settings.first { $0.system == source }
      guard own?.watched ?? true else { return nil }
      var system = System(
        id: source.rawValue, parent: dependencies.first { $0.system == source }?.parent.rawValue)
      system.latency = own?.intakeLatency.map { LatencyPolicy($0, latency) }
      system.heartbeat = own?.heartbeat.map { HeartbeatPolicy($0) }
      return system
    }
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
      throw ConfigurationError(description: error.description, pointer: "/businessHours")
    }
  }

  /// Minutes after midnight of a time such as 17:30, whose form the schema has checked.
  private static func minutes(_ text: String) -> Int {
    let parts = text.split(separator: ":").compactMap { Int($0) }
    return parts[0] * 60 + parts[1]
  }

  private func check() throws(ConfigurationError) {
    try Self.order("/intakeLatency", Int(latency.green), Int(latency.amber))
    try Self.order("/heartbeat", Int(heartbeat.amber), Int(heartbeat.red), "amberSeconds", "redSeconds")
    guard runs.amber <= runs.green else { throw .order("/runSuccess", "amber", "green") }
    try Self.order("/errors", errors.amber, errors.red, "amber", "red")
  }

  private static func order(
    _ pointer: String, _ small: Int, _ large: Int, _ smallName: String = "greenSeconds",
    _ largeName: String = "amberSeconds"
  ) throws(ConfigurationError) {
    guard small <= large else { throw .order(pointer, smallName, largeName) }
  }

  private static func checkDependencies(
    _ dependencies: [Dependency], _ systems: [System]
  ) throws(ConfigurationError) {
    for (place, dependency) in dependencies.enumerated() {
      let (name, pointer) = (dependency.system.rawValue, "/dependencies/\(place)")
      if dependencies[..<place].contains(where: { $0.system == dependency.system }) {
        throw ConfigurationError(description: "'\(name)' has a parent already; it can have one", pointer: pointer)
      }
      if isInCircle(name, dependencies) {
        throw ConfigurationError(description: "'\(name)' depends on itself", pointer: pointer)
      }
      for end in [name, dependency.parent.rawValue] where !systems.contains(where: { $0.id == end }) {
        throw ConfigurationError(description: "'\(end)' is not watched", pointer: pointer)
      }
    }
  }

  private static func isInCircle(_ system: String, _ dependencies: [Dependency]) -> Bool {
    func parent(of name: String) -> String? { dependencies.first { $0.system.rawValue == name }?.parent.rawValue }
    var next = parent(of: system)
    for _ in dependencies {
      if next == system { return true }
      next = next.flatMap(parent)
    }
    return false
  }

  /// The last rule of this name: the others cannot be given another.
  private static func place(ofRule id: String, _ alerts: Alerting) -> String {
    if let place = alerts.objectives?.lastIndex(where: { $0.id == id }) { return "/alerts/objectives/\(place)/id" }
    if let place = alerts.events?.lastIndex(where: { $0.id == id }) { return "/alerts/events/\(place)/id" }
    return "/alerts"
  }

  private static func checkRules(
    _ rules: [AlertRule], _ alerts: Alerting, channels: [String]
  ) throws(ConfigurationError) {
    var seen: Set<String> = []
    for rule in rules where !seen.insert(rule.id).inserted {
      throw ConfigurationError(
        description: "there are two rules called '\(rule.id)'; give one another id",
        pointer: place(ofRule: rule.id, alerts))
    }
    for (pointer, names) in AlertRule.channels(alerts) {
      guard let place = names.firstIndex(where: { !channels.contains($0) }) else { continue }
      let known = channels.isEmpty ? "there is none" : "there are: \(channels.joined(separator: ", "))"
      throw ConfigurationError(
        description: "there is no channel '\(names[place])' under channels; \(known)", pointer: "\(pointer)/\(place)")
    }
  }
}

extension ConfigurationError {
  fileprivate static func order(_ pointer: String, _ small: String, _ large: String) -> ConfigurationError {
    ConfigurationError(description: "\(small) may not be more than \(large)", pointer: pointer)
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

  /// The thresholds of one system, in the window of all.
  init(_ thresholds: LatencyThresholds, _ all: LatencyPolicy) {
    self = all
    green = Int64(thresholds.greenSeconds) * Span.second
    amber = Int64(thresholds.amberSeconds) * Span.second
    minimumSamples = thresholds.minimumSamples
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
