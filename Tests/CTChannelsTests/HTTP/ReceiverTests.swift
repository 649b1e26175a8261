import CTCrypto
import CTHTTP
import CTJSON
import Testing

@testable import CTChannels

/// What receivers get.
@Suite struct ReceiverTests {
  private let now = Timestamp("2025-09-27T10:06:00Z")!
  private let secret = Array("a secret of the receiver".utf8)

  // MARK: Signed webhooks

  private func delivered(_ notification: CTChannels.Notification, token: String? = nil) async throws -> Receiver.Request
  {
    let receiver = Receiver()
    _ = try await receiver.run { [now, secret] url in
      try await WebhookChannel(url: url, secret: secret, token: token, courier: localCourier, now: { now })
        .send(notification)
    }
    return try #require(receiver.requests.first)
  }

  @Test func aWebhookIsTheNotificationAndWhenItWasSent() async throws {
    let request = try await delivered(sample())
    #expect(try CTChannels.Notification(json: request.json) == sample())
    #expect(request.json["sentAt"]?.string == "2025-09-27T10:06:00Z")
    #expect(request.path == "/hook" && request.headers["content-type"] == "application/json")
  }

  @Test func aWebhookIsSignedOverItsRawBody() async throws {
    let request = try await delivered(sample(detail: "é \u{1F600} \"x\""))
    #expect(request.headers["x-ct-signature"] == "sha256=\(HMACKey(secret).tag(request.body).hex)")
    #expect(request.headers["x-ct-timestamp"] == "2025-09-27T10:06:00Z")
  }

  @Test func repeatsOfAWebhookAreKnownByTheirKey() async throws {
    let keys = [try await delivered(sample()), try await delivered(sample()), try await delivered(sample(id: "ntf_2"))]
      .map { $0.headers["idempotency-key"] }
    #expect(keys == ["ntf_1", "ntf_1", "ntf_2"])
  }

  @Test func aWebhookCarriesATokenWhereThereIsOne() async throws {
    #expect(try await delivered(sample(), token: "t0ken").headers["authorization"] == "Bearer t0ken")
    #expect(try await delivered(sample()).headers["authorization"] == nil)
  }

  // MARK: Slack

  @Test func slackTextIsEscaped() async throws {
    let receiver = Receiver()
    let evil = sample(title: "<!channel> a & b", detail: "<https://evil.example|click>")
    _ = try await receiver.run { try await SlackChannel(url: $0, courier: localCourier).send(evil) }
    let text = String(decoding: try #require(receiver.requests.first).body, as: UTF8.self)
    #expect(!text.contains("<") && !text.contains(">"))
    #expect(text.contains("&lt;!channel&gt; a &amp; b"))
  }

  @Test(arguments: [
    (CTChannels.Notification.State.firing, "🔴 *[CRITICAL] The backend fails*"),
    (.updated, "🔴 *[CRITICAL, updated] The backend fails*"), (.acknowledged, "👀 *[ACKNOWLEDGED] The backend fails*"),
    (.resolved, "✅ *[RESOLVED] The backend fails*"),
  ]) func slackBlocksSayWhatHappened(state: CTChannels.Notification.State, headline: String) throws {
    let message = SlackChannel.message(sample(state: state))
    let blocks = try #require(message["blocks"]?.elements)
    #expect(blocks.compactMap { $0["type"]?.string } == ["section", "context", "actions"])
    #expect(blocks[0]["text"]?["text"]?.string == "\(headline)\n3 errors of high severity in 10 minutes.")
    #expect(blocks[2]["elements"]?.elements?.first?["url"]?.string == "https://tower.example/alerts/alt_1")
    #expect(message["text"]?.string?.hasPrefix(headline) == true)
  }

  @Test func slackMessagesStayWithinItsLimits() throws {
    let long = String(repeating: "&", count: 20_000)
    let message = SlackChannel.message(sample(title: long, detail: long, systemId: long, link: "https://a/" + long))
    let blocks = try #require(message["blocks"]?.elements)
    #expect(blocks.count == 2)
    for text in [blocks[0]["text"], blocks[1]["elements"]?.elements?.first] {
      let count = try #require(text?["text"]?.string?.count)
      #expect(count <= 3000)
    }
  }

  // MARK: PagerDuty

  private func event(_ notification: CTChannels.Notification) async throws -> JSONValue {
    let receiver = Receiver(.accepted)
    _ = try await receiver.run {
      try await PagerDutyChannel(url: $0, routingKey: "R0UTING", courier: localCourier).send(notification)
    }
    return try #require(receiver.requests.first).json
  }

  @Test(arguments: [
    (CTChannels.Notification.State.firing, "trigger"), (.updated, "trigger"), (.acknowledged, "acknowledge"),
    (.resolved, "resolve"),
  ]) func anIncidentFollowsItsAlert(state: CTChannels.Notification.State, action: String) async throws {
    let event = try await event(sample(state: state))
    #expect(event["event_action"]?.string == action && event["routing_key"]?.string == "R0UTING")
    #expect(event["dedup_key"]?.string == "backend-errors:backend")
    #expect((event["payload"] == nil) == (action != "trigger"))
  }

  @Test(arguments: CTChannels.Notification.Severity.allCases) func anIncidentSaysWhatIsWrong(
    severity: CTChannels.Notification.Severity
  ) async throws {
    let payload = try #require(try await event(sample(severity: severity))["payload"])
    #expect(payload["summary"]?.string == "The backend fails" && payload["source"]?.string == "backend")
    #expect(payload["severity"]?.string == severity.rawValue)
    #expect(payload["timestamp"]?.string == "2025-09-27T10:00:00Z")
  }

  @Test func aLongKeyBecomesADigestAndStaysTheSame() {
    let long = String(repeating: "k", count: 256)
    #expect(PagerDutyChannel.dedupKey(long).utf8.count == 71)
    #expect(PagerDutyChannel.dedupKey(long) == PagerDutyChannel.dedupKey(long))
    #expect(PagerDutyChannel.dedupKey(long) != PagerDutyChannel.dedupKey(long + "k"))
    #expect(PagerDutyChannel.dedupKey(String(long.dropLast())).utf8.count == 255)
  }

  @Test func theRoutingKeyIsInNoError() async throws {
    let receiver = Receiver(.badRequest, body: #"{"errors":["R0UTING is not a key"]}"#)
    let error = try await receiver.run { url in
      await #expect(throws: DeliveryError.self) {
        try await PagerDutyChannel(url: url, routingKey: "R0UTING", courier: localCourier).send(sample())
      }
    }
    #expect(error?.isFinal == true && error?.reason.contains("R0UTING") == false)
  }
}
