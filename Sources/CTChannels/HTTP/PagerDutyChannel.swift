internal import CTCrypto
package import CTHTTP
internal import CTJSON

/// Opens, acknowledges and resolves incidents over PagerDuty's Events API v2, one for each alert.
package struct PagerDutyChannel: Channel {
  private let url: URLParts
  private let routingKey: String
  private let courier: Courier

  /// - Parameter routingKey: the integration's key; a secret.
  package init(url: URLParts, routingKey: String, courier: Courier) {
    self.url = url
    self.routingKey = routingKey
    self.courier = courier
  }

  package func send(_ notification: Notification) async throws(DeliveryError) -> String {
    do throws(DeliveryError) {
      return try await courier.post(JSONWriter.write(event(notification)), to: url)
    } catch {
      // Some answers repeat the event.
      throw DeliveryError(error.outlook, error.reason.replacing(routingKey, with: "(the routing key)"))
    }
  }

  private func event(_ notification: Notification) -> JSONValue {
    let action =
      switch notification.state {
      case .firing, .updated: "trigger"
      case .acknowledged: "acknowledge"
      case .resolved: "resolve"
      }
    var members: [JSONValue.Member] = [
      .init(key: "routing_key", value: .string(routingKey)),
      .init(key: "event_action", value: .string(action)),
      .init(key: "dedup_key", value: .string(Self.dedupKey(notification.dedupeKey))),
    ]
    guard action == "trigger" else { return .object(members) }
    members.append(.init(key: "payload", value: Self.payload(notification)))
    members.append(.init(key: "client", value: .string("Control Tower")))
    if let link = notification.link {
      members.append(.init(key: "client_url", value: .string(link)))
    }
    return .object(members)
  }

  private static func payload(_ notification: Notification) -> JSONValue {
    let details: [JSONValue.Member] = [
      .init(key: "detail", value: .string(notification.detail.shortened(to: 8000))),
      .init(key: "notification", value: .string(notification.id)),
    ]
    let texts = [
      ("summary", notification.title.onOneLine.shortened(to: 1024)),
      ("source", notification.systemId ?? "tower"),
      ("severity", notification.severity.rawValue), ("timestamp", notification.startedAt.description),
      ("class", notification.rule),
    ]
    return .object(
      texts.map { .init(key: $0, value: .string($1)) } + [.init(key: "custom_details", value: .object(details))])
  }

  /// At most 255 characters are taken; of a longer key, a digest.
  static func dedupKey(_ key: String) -> String {
    key.utf8.count <= 255 ? key : "sha256:\(SHA256.hash(key.utf8).hex)"
  }
}
