/// Event intake latency (seed, section 4.1): from when something happened until it arrived, p95 over a rolling window.
package struct LatencyPolicy: Sendable, Hashable {
  /// Up to this p95 is green, in microseconds.
  package var green: Int64 = 5 * Span.minute
  /// Up to this p95 is amber.
  package var amber: Int64 = 10 * Span.minute
  package var window: Int64 = Span.day
  /// With fewer events nothing is said: the 95th percentile of less than 20 is their maximum.
  package var minimumSamples = 20

  package init() {}

  static let quantile = 0.95

  func report(_ latency: LatencyHistogram) -> ObjectiveReport {
    let p95 = latency.quantile(Self.quantile)
    let isEnough = latency.count >= minimumSamples
    return ObjectiveReport(
      objective: .intakeLatency, status: p95.map { isEnough ? status($0) : .insufficientData } ?? .insufficientData,
      target: Double(green) / 1e6, current: p95.map { $0 / 1e6 }, windowSeconds: Int(window / Span.second),
      samples: latency.count, errorBudgetLeft: isEnough ? budgetLeft(latency) : nil)
  }

  private func status(_ p95: Double) -> ObjectiveStatus {
    p95 <= Double(green) ? .green : p95 <= Double(amber) ? .amber : .red
  }

  /// One in twenty may be later than the target.
  private func budgetLeft(_ latency: LatencyHistogram) -> Double {
    1 - Double(latency.count(above: green)) / (Double(latency.count) * (1 - Self.quantile))
  }
}
