package import CTGenerated
internal import CTHealth
internal import CTJSON
internal import CTStore

extension Tower {
  package func getMetrics(_ input: GetMetrics.Input) async throws -> GetMetrics.Output {
    await monitor.catchUp()
    var metrics = MetricsText()
    metrics.family("ct_build_info", .gauge, "The version that runs; always 1.")
    metrics.sample("ct_build_info", [("version", SpecDocument.version)], 1)
    metrics.add(store.health)
    let queued = try? await monitor.counts()
    metrics.family("ct_queue_depth", .gauge, "Entries that wait, by queue.")
    metrics.sample("ct_queue_depth", [("queue", "writes")], store.health.waitingWrites)
    if let queued {
      metrics.sample("ct_queue_depth", [("queue", "jobs")], queued.jobs)
      metrics.single(
        "ct_dead_letters_open", .gauge, "Dead letters that nobody has decided about.", Double(queued.deadLetters))
    }
    metrics.add(requests)
    let (views, overall) = monitor.read { ($0.views, $0.overall) }
    let (latencies, arrivals) = monitor.read { ($0.latencies, $0.arrivals) }
    metrics.add(views)
    metrics.add(latencies)
    metrics.add(arrivals)
    metrics.add(views: views, overall: overall)
    return .ok(.init(body: metrics.text))
  }
}

extension MetricsText {
  /// The store: what it took, how far it is, and how long the disk takes.
  fileprivate mutating func add(_ health: StoreHealth) {
    family("ct_events_ingested_total", .counter, "Events since the start, by what became of them.")
    sample("ct_events_ingested_total", [("outcome", "accepted")], health.accepted)
    sample("ct_events_ingested_total", [("outcome", "duplicate")], health.duplicates)
    sample("ct_events_ingested_total", [("outcome", "conflicting_duplicate")], health.conflictingDuplicates)
    single("ct_store_writable", .gauge, "Whether the store takes writes.", health.isWritable ? 1 : 0)
    single("ct_store_commits_total", .counter, "Commits since the start.", Double(health.commits))
    single(
      "ct_store_failed_batches_total", .counter, "Batches that could not be committed.", Double(health.failedBatches))
    single("ct_log_events", .gauge, "The place of the last event in the log.", Double(health.acknowledgedSeq))
    single(
      "ct_projection_lag_events", .gauge, "Events that some projection has not seen yet.",
      Double(max(0, health.acknowledgedSeq - health.projectedSeq)))
    add("ct_store_commit_duration_seconds", "How long commits took, their sync included.", health.commitTimes)
    add("ct_store_fsync_duration_seconds", "How long syncs of the write-ahead log took.", health.syncTimes)
  }

  fileprivate mutating func add(_ name: String, _ help: String, _ times: DurationHistogram) {
    family(name, .histogram, help)
    for (bound, count) in times.cumulative { sample("\(name)_bucket", [("le", bound)], count) }
    sample("\(name)_sum", [], times.sum)
    sample("\(name)_count", [], times.count)
  }

  fileprivate mutating func add(_ views: [SystemView]) {
    family("ct_system_status", .gauge, "1 for the status that a system has, 0 for the others.")
    for view in views {
      for status in SystemStatus.allCases {
        sample("ct_system_status", [("system", view.id), ("status", status.rawValue)], view.status == status ? 1 : 0)
      }
    }
    family("ct_system_last_event_timestamp_seconds", .gauge, "When something was last received from a system.")
    for view in views {
      guard let last = view.lastReceivedAt else { continue }
      sample("ct_system_last_event_timestamp_seconds", [("system", view.id)], Double(last.microseconds) / 1e6)
    }
    family("ct_system_errors", .gauge, "Error events of a system in the last 24 hours.")
    for view in views { sample("ct_system_errors", [("system", view.id)], view.errors24h) }
    family("ct_alerts_firing", .gauge, "Alerts that fire, by severity.")
    for severity in Severity.allCases {
      let count = views.reduce(0) { $0 + $1.alerts.count { $0.severity == severity } }
      sample("ct_alerts_firing", [("severity", severity.rawValue)], count)
    }
  }

  fileprivate mutating func add(_ requests: RequestCounts) {
    family("ct_http_requests_total", .counter, "Requests since the start, by operation and status.")
    for (answer, count) in requests.all {
      sample(
        "ct_http_requests_total", [("operation", answer.operation), ("status", String(answer.status))], count)
    }
  }

  /// Gauges: a window that rolls is no counter, and only summaries have quantiles as labels.
  fileprivate mutating func add(_ latencies: [(system: String, latency: LatencyHistogram)]) {
    for (percentile, q) in [("50", 0.5), ("95", 0.95), ("99", 0.99)] {
      let name = "ct_intake_latency_p\(percentile)_seconds"
      family(
        name, .gauge,
        "From when something happened until it arrived: percentile \(percentile) of the objective's rolling window.")
      for (system, latency) in latencies {
        if let value = latency.quantile(q) { sample(name, [("system", system)], value / 1e6) }
      }
    }
  }

  fileprivate mutating func add(_ arrivals: [(system: String, counts: LatencyCounts)]) {
    let name = "ct_intake_latency_seconds"
    family(name, .histogram, "From when something happened until it arrived, since the start.")
    for (system, counts) in arrivals {
      for (bound, count) in counts.cumulative { sample("\(name)_bucket", [("system", system), ("le", bound)], count) }
      sample("\(name)_sum", [("system", system)], counts.sum)
      sample("\(name)_count", [("system", system)], counts.count)
    }
  }

  fileprivate mutating func add(views: [SystemView], overall: [ObjectiveReport]) {
    let all = views.flatMap { view in view.objectives.map { (view.id, $0) } } + overall.map { ("all", $0) }
    func labels(_ entry: (String, ObjectiveReport)) -> [(String, String)] {
      [("system", entry.0), ("objective", entry.1.objective.rawValue)]
    }
    family("ct_slo_target", .gauge, "The target, in seconds or as a ratio.")
    for entry in all { sample("ct_slo_target", labels(entry), entry.1.target) }
    family("ct_slo_current", .gauge, "The current value, in the unit of the target.")
    for entry in all { if let current = entry.1.current { sample("ct_slo_current", labels(entry), current) } }
    family("ct_slo_samples", .gauge, "How much was measured.")
    for entry in all { sample("ct_slo_samples", labels(entry), entry.1.samples) }
    family("ct_slo_error_budget_left_ratio", .gauge, "What is left of the error budget; negative when overspent.")
    for entry in all {
      if let left = entry.1.errorBudgetLeft { sample("ct_slo_error_budget_left_ratio", labels(entry), left) }
    }
    family("ct_slo_status", .gauge, "0 green, 1 amber, 2 red, -1 for lack of data.")
    for entry in all {
      let value =
        switch entry.1.status {
        case .green: 0
        case .amber: 1
        case .red: 2
        case .insufficientData: -1
        }
      sample("ct_slo_status", labels(entry), value)
    }
  }
}
