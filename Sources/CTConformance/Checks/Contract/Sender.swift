internal import CTSpec

/// Sends signed bodies to `POST /events`, as somebody who may speak for their source.
struct Sender {
  private let context: CheckContext
  private let producers: Set<String>
  private let fallback: String

  /// Nil without any token that may send events.
  init?(_ context: CheckContext) {
    guard let operation = context.spec.operation("POST", "/events") else { return nil }
    let callers = context.callers.filter { operation.admits(role: $0.role) }
    producers = Set(callers.filter { $0.role == "producer" }.map(\.name))
    guard let fallback = callers.first(where: { $0.role != "producer" })?.name ?? callers.first?.name else {
      return nil
    }
    self.context = context
    self.fallback = fallback
  }

  /// Nil where nobody of the run may speak for the source.
  func probe(_ label: String, _ body: [UInt8], source: String, keyword: String?) -> Probe? {
    let isKnown = producers.contains(source)
    guard isKnown || context.spec.role(ofToken: fallback) != "producer" else { return nil }
    var probe = Probe.signed("POST", "/events", label: label, token: isKnown ? source : fallback, body: body)
    probe.keyword = keyword
    return probe
  }

  func send(_ probe: Probe) async throws(CannotRun) -> Observation? {
    try await context.send(probe, to: context.spec.operation("POST", "/events"))
  }
}
