import CTChannels
import CTGenerated
import CTHTTP
import CTJSON
import CTRuns
import CTRuntime
import CTStore
import Testing

@testable import CTHealth
@testable import CTImpl

/// Health as it is asked for over HTTP, and what of it is in the store.
@Suite struct HealthTests {
  private func record(
    _ id: String, _ time: TestClock, source: String = "finance", type: String = "system.heartbeat",
    payload: String = "{}", signal: EventSignal = .activity, late: Int64 = 0
  ) -> EventRecord {
    var record = CTImplTests.record(id, type: type, payload: payload)
    record.source = source
    record.receivedAt = time.now
    record.ts = Timestamp(microseconds: time.now.microseconds - late * Span.second)
    record.signal = signal
    return record
  }

  private func get(_ tower: TestTower, _ path: String, role: String? = "viewer", tag: String? = nil) async throws
    -> HTTPClientResponse
  {
    let (server, origin) = try tower.listen()
    var fields: HTTPFields = [:]
    if let role { fields.append("Authorization", HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role.uppercased())")) }
    if let tag { fields.append("If-None-Match", HTTPFieldValue(lossy: tag)) }
    let url = try #require(URLParts("http://\(origin.authority)\(path)"))
    let response = try await HTTPClient().send(HTTPClientRequest(.get, url, fields: fields))
    await server.shutdown(grace: .seconds(1))
    return response
  }

  private func json(_ response: HTTPClientResponse) throws -> JSONValue { try JSONValue(parsing: response.body) }

  @Test func aReadSeesWhatWasAcknowledgedBeforeIt() async throws {
    try await TestTower.with { tower in
      _ = try await tower.store.append(record("a", tower.time))
      let system = try json(try await get(tower, "/systems/finance"))
      #expect(system["status"]?.string == "green")
      #expect(system["lastHeartbeat"]?.string == tower.time.now.description)
      #expect(system["slo"]?["intakeLatency"]?["status"]?.string == "insufficient_data")
      let portal = try json(try await get(tower, "/systems/portal"))
      #expect(portal["status"]?.string == "unknown")
      #expect(portal["reasons"]?.elements?.first?["text"]?.string == "Nothing has been received from it yet.")
    }
  }

  @Test func theTowerItselfIsASystem() async throws {
    try await TestTower.with { tower in
      let systems = try json(try await get(tower, "/systems"))
      let names = systems.elements?.compactMap { $0["systemId"]?.string }
      #expect(names == ["backend", "desktop", "finance", "github", "portal", "tower", "website"])
      #expect(systems.elements?.first { $0["systemId"]?.string == "tower" }?["status"]?.string == "green")
    }
  }

  @Test(arguments: ["/health", "/systems", "/systems/finance", "/slo"])
  func whatHasNotChangedIsNotSentAgain(path: String) async throws {
    try await TestTower.with { tower in
      _ = try await tower.store.append(record("a", tower.time))
      let first = try await get(tower, path)
      let tag = try #require(first.fields.value(of: "ETag"))
      let second = try await get(tower, path, tag: "\"other\", \(tag)")
      #expect(second.status.code == 304 && second.body.isEmpty)
      #expect(second.fields.value(of: "ETag") == tag)
      _ = try await tower.store.append(record("b", tower.time, type: "backend.fn.error", signal: .error))
      tower.time.advance(seconds: 61)
      let third = try await get(tower, path, tag: tag)
      #expect(third.status.code == 200)
    }
  }

  @Test func nobodyButReadersSeesTheSystems() async throws {
    try await TestTower.with { tower in
      let anonymous = try json(try await get(tower, "/health", role: nil))
      #expect(anonymous.members?.map(\.key) == ["status", "checkedAt"])
      #expect(try json(try await get(tower, "/health"))["systems"]?.elements?.count == 7)
      #expect(try await get(tower, "/metrics", role: nil).status.code == 401)
    }
  }

  @Test func aRestartKeepsStatusesAlertsAndWindows() async throws {
    try await TestTower.with { tower in
      for number in 0..<30 {
        _ = try await tower.store.append(record("h\(number)", tower.time, source: "backend", late: 2))
        tower.time.advance(seconds: 20)
      }
      for number in 0..<3 {
        _ = try await tower.store.append(
          record(
            "e\(number)", tower.time, source: "backend", type: "backend.fn.error",
            payload: #"{"fnName":"f","severity":"high"}"#, signal: .error))
      }
      var run = record(
        "r", tower.time, source: "tower", type: "run.started", payload: #"{"runId":"run_1","trigger":"t"}"#)
      run.correlationId = "run_1"
      _ = try await tower.store.append(run)
      // What is measured over a window is looked at every minute.
      tower.time.advance(seconds: 60)
      await tower.monitor.step()
      let before = tower.monitor.read { ($0.views, $0.openAlerts) }
      #expect(before.1.map(\.rule) == ["function-errors"])
      let second = HealthMonitor(
        store: tower.store, policy: try HealthPolicy(nil), clock: tower.time.clock, log: quietLog)
      try await second.start()
      let after = second.read { ($0.views, $0.openAlerts) }
      #expect(after.1 == before.1)
      #expect(after.0.map(\.status) == before.0.map(\.status))
      #expect(after.0.map(\.since) == before.0.map(\.since))
      #expect(after.0.map(\.errors24h) == before.0.map(\.errors24h))
      #expect(after.0.map { $0.objectives[0] } == before.0.map { $0.objectives[0] })
      tower.time.advance(seconds: 16 * 60)
      await second.step()
      #expect(second.read { $0.openAlerts.contains { $0.rule == "stuck-run" && $0.state == .firing } })
    }
  }

  @Test func anAlertPutsOneJobForEachChannelIntoTheQueue() async throws {
    try await TestTower.with(channels: ["on-call", "mail"]) { tower in
      for number in 0..<4 {
        _ = try await tower.store.append(
          record(
            "e\(number)", tower.time, source: "backend", type: "backend.fn.error",
            payload: #"{"fnName":"f","severity":"high"}"#, signal: .error))
        await tower.monitor.step()
      }
      let jobs = try await tower.store.documents(in: Job.collection, limit: 100).map { try Job(json: $0.body) }
      let told = try jobs.map { try Delivery(payload: $0.payload) }
      #expect(told.map(\.channel).sorted() == ["mail", "on-call"])
      #expect(told.allSatisfy { $0.notification.state == .firing && $0.notification.severity == .critical })
      #expect(told.allSatisfy { $0.notification.systemId == "backend" && $0.notification.rule == "function-errors" })
      #expect(jobs.allSatisfy { $0.kind == Delivery.kind })
    }
  }

  /// While the store takes no writes, channels are told without it; what was told does not go into the queue later.
  @Test func whatAChannelWasToldDirectlyDoesNotGoIntoTheQueue() throws {
    let document = """
      {"id":"alert_0","rule":"r","dedupeKey":"r","severity":"critical","state":"firing","title":"t","detail":"d",
      "systemId":"tower","since":"2025-09-27T10:00:00Z","updatedAt":"2025-09-27T10:00:00Z"}
      """
    let alert = try #require(CTHealth.Alert(json: try JSONValue(parsing: Array(document.utf8))))
    var outbox = HealthOutbox()
    outbox.add(
      ([], [AlertChange(alert: alert, notice: .firing)]), channels: ["mail", "on-call"], at: TestClock().now)
    outbox.putBack(outbox.take())
    outbox.remove(try #require(outbox.deliveries.first { $0.channel == "mail" }))
    #expect(outbox.deliveries.map(\.channel) == ["on-call"])
    let keys = outbox.take().flatMap(\.all).compactMap { write in
      if case .put(let key, _, _) = write { key } else { nil }
    }
    #expect(keys.filter { $0.collection == Job.collection }.allSatisfy { $0.id.hasSuffix("_on-call") })
    #expect(keys.map(\.collection) == [CTHealth.Alert.openCollection, Job.collection, Job.dueCollection])
  }

  @Test func peopleAcknowledgeAndSnooze() async throws {
    try await TestTower.with { tower in
      for number in 0..<3 {
        _ = try await tower.store.append(
          record(
            "e\(number)", tower.time, source: "backend", type: "backend.fn.error",
            payload: #"{"fnName":"f","severity":"high"}"#, signal: .error))
      }
      let (server, origin) = try tower.listen()
      let desk = client(origin, role: "operator")
      let viewer = client(origin, role: "viewer")
      guard case .ok(let list) = try await viewer.listAlerts(state: .firing) else { throw Unexpected() }
      let alert = try #require(list.body.first)
      #expect(alert.rule == "function-errors" && alert.systemId == .backend && alert.link != nil)
      guard case .forbidden = try await viewer.acknowledgeAlert(body: Acknowledgement(), id: alert.id) else {
        throw Unexpected()
      }
      guard case .ok(let done) = try await desk.acknowledgeAlert(body: Acknowledgement(note: "mine"), id: alert.id)
      else { throw Unexpected() }
      #expect(done.body.acknowledged?.by == "dev-operator" && done.body.acknowledged?.note == "mine")
      guard case .ok(let quiet) = try await desk.snoozeAlert(body: SnoozeRequest(minutes: 60), id: alert.id) else {
        throw Unexpected()
      }
      #expect(quiet.body.snoozedUntil?.microseconds == tower.time.now.microseconds + 60 * Span.minute)
      guard case .ok(let kept) = try await viewer.getAlert(id: alert.id) else { throw Unexpected() }
      #expect(kept.body.acknowledged?.note == "mine" && kept.body.snoozedBy == "dev-operator")
      tower.time.advance(seconds: 3700)
      guard case .ok(let over) = try await viewer.listAlerts(state: .resolved, rule: "function-errors") else {
        throw Unexpected()
      }
      #expect(over.body.map(\.id) == [alert.id])
      guard case .conflict = try await desk.acknowledgeAlert(body: Acknowledgement(), id: alert.id),
        case .notFound = try await desk.snoozeAlert(
          body: SnoozeRequest(minutes: 1), id: "alert_000000000000000000000000")
      else { throw Unexpected() }
      await server.shutdown(grace: .seconds(1))
    }
  }

  @Test func alertsComeInPages() async throws {
    try await TestTower.with { tower in
      for number in 0..<5 {
        _ = try await tower.store.append(
          record(
            "r\(number)", tower.time, source: "tower", type: "run.started",
            payload: #"{"runId":"run_\#(number)","trigger":"t"}"#))
        tower.time.advance(seconds: 1)
      }
      tower.time.advance(seconds: 1000)
      let (server, origin) = try tower.listen()
      let viewer = client(origin, role: "viewer")
      var seen: [String] = []
      var cursor: String?
      repeat {
        guard case .ok(let page) = try await viewer.listAlerts(rule: "stuck-run", limit: 2, cursor: cursor) else {
          throw Unexpected()
        }
        seen += page.body.map(\.id)
        cursor = page.link == nil ? nil : page.body.last?.id
      } while cursor != nil
      #expect(seen.count == 5 && seen == seen.sorted().reversed() && Set(seen).count == 5)
      await server.shutdown(grace: .seconds(1))
    }
  }

  @Test func metricsAreWhatPrometheusReads() async throws {
    try await TestTower.with { tower in
      _ = try await tower.store.append(record("a", tower.time))
      let response = try await get(tower, "/metrics")
      #expect(
        response.fields.value(of: "Content-Type")?.hasPrefix(
          "text/plain; version=0.0.4") == true)
      let text = String(decoding: response.body, as: UTF8.self)
      var declared: Set<String> = []
      for line in text.split(separator: "\n") {
        if line.hasPrefix("# TYPE ") {
          #expect(declared.insert(String(line.split(separator: " ")[2])).inserted, "\(line) comes twice")
        } else if !line.hasPrefix("#") {
          let name = String(line.prefix { $0 != "{" && $0 != " " })
          let family = ["_bucket", "_sum", "_count"].compactMap {
            name.hasSuffix($0) ? String(name.dropLast($0.count)) : nil
          }
          #expect(declared.contains(name) || family.contains(where: declared.contains), "\(name) has no type")
          #expect(Double(line.split(separator: " ").last!) != nil)
        }
      }
      #expect(text.contains("\nct_events_ingested_total{outcome=\"accepted\"} 1\n"))
      #expect(text.contains("ct_system_status{system=\"finance\",status=\"green\"} 1\n"))
      #expect(text.contains("ct_intake_latency_seconds_count{system=\"finance\"} 1\n"))
      #expect(text.contains("ct_intake_latency_seconds_bucket{system=\"finance\",le=\"0.1\"} 1\n"))
      if let complaint = try Promtool.complaint(about: text) { Issue.record("promtool: \(complaint)") }
      let syncs = text.split(separator: "\n").first { $0.hasPrefix("ct_store_fsync_duration_seconds_count") }
      #expect(syncs.flatMap { Double($0.split(separator: " ")[1]) } ?? 0 >= 1)
    }
  }

  /// Each with the place that its error names.
  @Test(arguments: [
    ("businessHours", #"{"timeZone":"Europe/Nowhere"}"#, ""),
    ("businessHours", #"{"opens":"18:00","closes":"09:00"}"#, ""),
    ("intakeLatency", #"{"greenSeconds":700}"#, ""), ("heartbeat", #"{"amberSeconds":7200}"#, ""),
    ("runSuccess", #"{"amber":0.995}"#, ""), ("errors", #"{"amber":20}"#, ""),
    ("dependencies", #"[{"system":"portal","parent":"backend"},{"system":"backend","parent":"portal"}]"#, "/0"),
    ("dependencies", #"[{"system":"portal","parent":"backend"},{"system":"portal","parent":"finance"}]"#, "/1"),
    ("dependencies", #"[{"system":"portal","parent":"portal"}]"#, "/0"),
    ("systems", #"[{"system":"github"},{"system":"github"}]"#, "/1"),
    ("systems", #"[{"system":"tower","watched":false}]"#, "/0"),
    ("systems", #"[{"system":"github","heartbeat":{"amberSeconds":7200}}]"#, "/0/heartbeat"),
    ("systems", #"[{"system":"github","intakeLatency":{"greenSeconds":700}}]"#, "/0/intakeLatency"),
    ("alerts", #"{"events":[{"id":"stuck-run","type":"ci.workflow.failed"}]}"#, "/events/0/id"),
    ("alerts", #"{"objectives":[{"id":"a"},{"id":"a"}]}"#, "/objectives/1/id"),
    ("alerts", #"{"deadLetters":{"channels":["nobody"]}}"#, "/deadLetters/channels/0"),
    ("alerts", #"{"events":[{"id":"a","type":"ci.workflow.failed","channels":["x"]}]}"#, "/events/0/channels/0"),
  ])
  func aConfigurationThatCannotBeMeantIsRefused(section: String, value: String, place: String) throws {
    let configuration = try configuration(section, value)
    let error = #expect(throws: ConfigurationError.self) { _ = try HealthPolicy(configuration) }
    #expect(error?.pointer == "/\(section)\(place)")
  }

  @Test(arguments: ["{rule}:{sytem}", "{}", "a{"])
  func aDedupeKeyWithAnUnknownPlaceholderIsRefusedByTheSchema(key: String) throws {
    #expect(throws: JSONDecodingFault.self) {
      _ = try configuration("alerts", #"{"storeUnwritable":{"dedupeKey":"\#(key)"}}"#)
    }
  }

  @Test func aSystemThatIsNotWatchedHasNoStatus() async throws {
    try await TestTower.with(try configuration("systems", #"[{"system":"desktop","watched":false}]"#)) { tower in
      let systems = try json(try await get(tower, "/systems"))
      #expect(systems.elements?.count == 6)
      #expect(try await get(tower, "/systems/desktop").status.code == 404)
      #expect(try json(try await get(tower, "/health"))["systems"]?.elements?.count == 6)
    }
  }

  @Test func aRunMayTakeAsLongAsItsTriggerSays() async throws {
    var trigger = TriggerDefinition(
      name: "contract.regenerate", work: .command(CommandDefinition(arguments: ["/bin/true"], directory: "/")))
    trigger.sla = .seconds(60)
    try await TestTower.with(triggers: [trigger]) { tower in
      for (id, name) in [("run_1", "contract.regenerate"), ("run_2", "portal.notify.retry")] {
        _ = try await tower.store.append(
          record(
            id, tower.time, source: "tower", type: "run.started", payload: #"{"runId":"\#(id)","trigger":"\#(name)"}"#))
      }
      func stuck() async throws -> [String?] {
        try json(try await get(tower, "/alerts?rule=stuck-run")).elements?.map { $0["link"]?.string } ?? []
      }
      tower.time.advance(seconds: 60)
      #expect(try await stuck() == [])
      tower.time.advance(seconds: 1)
      #expect(try await stuck() == ["/runs/run_1"])
      tower.time.advance(seconds: 840)
      #expect(try await stuck().count == 2)
    }
  }

  @Test func theDefaultsAreTheSeeds() throws {
    let policy = try HealthPolicy(nil)
    #expect(
      policy.latency == LatencyPolicy() && policy.heartbeat == HeartbeatPolicy() && policy.errors == ErrorPolicy())
    #expect(policy.runs == RunPolicy() && policy.delivery == DeliveryPolicy())
    #expect(policy.rules.map(\.id).contains("function-errors") && policy.rules.count == 8)
    let own = try HealthPolicy(
      try configuration(
        "alerts", #"{"stuckRuns":{"enabled":false},"events":[{"id":"ci-red","type":"ci.workflow.failed"}]}"#))
    #expect(own.rules.map(\.id).contains("ci-red") && !own.rules.map(\.id).contains("stuck-run"))
  }

  private func configuration(_ section: String, _ value: String) throws -> Configuration {
    let digest = String(repeating: "a", count: 64)
    let text = """
      {"tokens":[{"name":"a","sha256":"\(digest)","role":"viewer","expires":"2027-01-31T00:00:00Z"}],
      "signature":{"secrets":[{"env":"X"}]},"\(section)":\(value)}
      """
    return try Configuration(json: Array(text.utf8))
  }
}

struct Unexpected: Error {}
