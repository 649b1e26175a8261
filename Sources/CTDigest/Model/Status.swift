/// How a system is, worst first where they are compared.
package enum HealthStatus: String, Codable, Sendable, CaseIterable {
  case red
  case amber
  case unknown
  case green

  /// The worst of many; unknown where there is nothing to judge.
  package static func worst(_ statuses: some Sequence<HealthStatus>) -> HealthStatus {
    let all = Set(statuses)
    return allCases.first(where: all.contains) ?? .unknown
  }
}

/// How an objective is met.
package enum ObjectiveStatus: String, Codable, Sendable {
  case red
  case amber
  case green
  case insufficientData = "insufficient_data"
}
