/// Who waits and who is under way, trigger by trigger: a mirror of what the store has, for one tower.
struct RunLine {
  private struct Lane {
    var waiting: [String] = []
    /// How many at the front of `waiting` have gone.
    var gone = 0
    /// Places that are promised to runs that are being recorded.
    var promised = 0
    var running = 0
    let concurrency: Int
    let limit: Int

    var count: Int { waiting.count - gone }

    mutating func next() -> String? {
      guard running < concurrency, gone < waiting.count else { return nil }
      // Now and then what has gone is let go of, so that each run is moved about once.
      if gone > 256, gone * 2 > waiting.count {
        waiting.removeFirst(gone)
        gone = 0
      }
      gone += 1
      return waiting[gone - 1]
    }
  }

  private var lanes: [String: Lane] = [:]
  private(set) var active: [String: (control: RunControl, trigger: String)] = [:]
  /// Whether nothing more is started.
  var isStopping = false

  init(_ triggers: [TriggerDefinition]) {
    for trigger in triggers { lanes[trigger.name] = Lane(concurrency: trigger.concurrency, limit: trigger.queueLimit) }
  }

  /// Promises a place in the queue; `false` when it is full.
  mutating func promise(_ trigger: String) -> Bool {
    guard let lane = lanes[trigger], lane.count + lane.promised < lane.limit else { return false }
    lanes[trigger]?.promised += 1
    return true
  }

  /// Takes a promise back, or redeems it with a run.
  mutating func redeem(_ trigger: String, with runId: String?) {
    lanes[trigger]?.promised -= 1
    if let runId { lanes[trigger]?.waiting.append(runId) }
  }

  /// Puts a run at the end, whatever the limit: it was let in before.
  mutating func add(_ runId: String, _ trigger: String) { lanes[trigger]?.waiting.append(runId) }

  /// Takes a run that waits out of the queue.
  mutating func remove(_ runId: String, _ trigger: String) {
    guard let lane = lanes[trigger], let place = lane.waiting[lane.gone...].firstIndex(of: runId) else { return }
    lanes[trigger]?.waiting.remove(at: place)
  }

  /// The next run that may start now; it counts as under way from here on.
  mutating func next() -> (runId: String, trigger: String, control: RunControl)? {
    guard !isStopping else { return nil }
    for trigger in lanes.keys {
      while let runId = lanes[trigger]?.next() {
        guard active[runId] == nil else { continue }
        let control = RunControl()
        lanes[trigger]?.running += 1
        active[runId] = (control, trigger)
        return (runId, trigger, control)
      }
    }
    return nil
  }

  mutating func end(_ runId: String) {
    guard let trigger = active.removeValue(forKey: runId)?.trigger else { return }
    lanes[trigger]?.running -= 1
  }

  func counts(_ trigger: String) -> (queued: Int, running: Int) {
    lanes[trigger].map { ($0.count, $0.running) } ?? (0, 0)
  }
}
