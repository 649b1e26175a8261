/// What an event says about the health of its source: `x-ct-health` in the taxonomy.
public enum HealthSignal: String, Sendable, CaseIterable {
  case error, activity, heartbeat
}
