internal import CTCrypto
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import CTScenario
internal import CTSchedule

/// Plays a scenario to a tower whose clock runs ahead: events through its intake, runs into its book, health every minute,
/// and the digest at its hour.
struct DemoReplay {
  let monitor: HealthMonitor
  let sender: DemoSender
  var runs: DemoRuns
  let digests: DigestJob
  let plan: DigestPlan
  let setClock: (Timestamp) -> Void

  /// - Parameter end: the instant that it is when all of it is over.
  mutating func play(_ events: [ScenarioEvent], until end: Timestamp) async throws {
    var minute: Int64?
    var date = LocalDate(of: events.first?.receivedAt ?? end, in: plan.zone)
    for event in events {
      date = try await makeDigests(from: date, until: event.receivedAt)
      // The time of arrival is the clock's.
      setClock(event.receivedAt)
      let next = Span.minuteNumber(event.receivedAt.microseconds)
      if next != minute {
        try await runs.markOverdue(at: event.receivedAt)
        await monitor.step()
      }
      minute = next
      if try await !runs.record(event) { try await sender.send(event) }
    }
    _ = try await makeDigests(from: date, until: end)
    setClock(end)
    await monitor.step()
  }

  /// - Returns: the date of the digest that is next.
  private func makeDigests(from first: LocalDate, until now: Timestamp) async throws -> LocalDate {
    var date = first
    while case let due = date.instant(at: plan.time, in: plan.zone), due <= now {
      setClock(due)
      await monitor.step()
      _ = try await digests.run(date)
      date = date.adding(days: 1)
    }
    return date
  }
}

/// Sends events as an owner who signs them.
struct DemoSender {
  private let client = HTTPClient()
  private let key = HMACKey(Array(TokenTable.developmentSecret.utf8))
  private let url: URLParts

  init(url: String) throws(DemoFault) {
    guard let url = URLParts(url) else { throw DemoFault(description: "\(url) is no URL") }
    self.url = url
  }

  func send(_ event: ScenarioEvent) async throws {
    let body = event.body
    let fields: HTTPFields = [
      "Authorization": "Bearer DEV_TOKEN_OWNER", "Content-Type": "application/json",
      "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(key.tag(body).hex)"),
    ]
    let response = try await client.send(HTTPClientRequest(.post, url, fields: fields, body: body))
    guard response.status.code == 202 else {
      let reason = String(decoding: response.body.prefix(500), as: UTF8.self)
      throw DemoFault(description: "\(event.eventId) (\(event.type)) was answered \(response.status.code): \(reason)")
    }
  }
}

/// An event of the scenario that the tower does not take: a fault of the scenario.
struct DemoFault: Error, CustomStringConvertible {
  let description: String
}
