/// Run success (seed, section 4.1): the part of the runs that ended well, without those that were cancelled, over a
/// rolling window.
package struct RunPolicy: Sendable, Hashable {
  /// From this part on it is green.
  package var green = 0.99
  /// From this part on it is amber.
  package var amber = 0.95
  package var window: Int64 = 7 * Span.day
  package var minimumSamples = 1
  /// How long a run of a trigger may take, in microseconds, and one of a trigger that is not named.
  package var limits: [String: Int64] = [:]
  package var defaultLimit: Int64 = 15 * Span.minute

  package init() {}

  func limit(of trigger: String) -> Int64 { limits[trigger] ?? defaultLimit }

  func report(succeeded: Int64, failed: Int64) -> ObjectiveReport {
    let samples = Int(succeeded + failed)
    let rate = samples > 0 ? Double(succeeded) / Double(samples) : nil
    let isEnough = samples > 0 && samples >= minimumSamples
    let allowed = 1 - green
    return ObjectiveReport(
      objective: .runSuccess, status: rate.map { isEnough ? status($0) : .insufficientData } ?? .insufficientData,
      target: green, current: rate, windowSeconds: Int(window / Span.second), samples: samples,
      errorBudgetLeft: isEnough && allowed > 0 ? 1 - (1 - rate!) / allowed : nil)
  }

  private func status(_ rate: Double) -> ObjectiveStatus { rate >= green ? .green : rate >= amber ? .amber : .red }
}
