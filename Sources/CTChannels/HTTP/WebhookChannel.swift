internal import CTCrypto
package import CTHTTP
package import CTJSON

/// Posts the notification as it is, signed like the events that the tower takes: `X-CT-Signature: sha256=…`, the HMAC of
/// the raw body.
///
/// The body names the instant it was sent at in `sentAt`, so that a receiver can refuse old ones, and `Idempotency-Key`
/// is the notification's id, the same in every attempt.
package struct WebhookChannel: Channel {
  private let url: URLParts
  private let key: HMACKey
  private let token: String?
  private let courier: Courier
  private let now: @Sendable () -> Timestamp

  /// - Parameters:
  ///   - secret: what the body is signed with.
  ///   - token: sent as a bearer token, where the receiver asks for one.
  package init(
    url: URLParts, secret: [UInt8], token: String? = nil, courier: Courier, now: @escaping @Sendable () -> Timestamp
  ) {
    self.url = url
    key = HMACKey(secret)
    self.token = token
    self.courier = courier
    self.now = now
  }

  package func send(_ notification: Notification) async throws(DeliveryError) -> String {
    let sentAt = now().description
    let body = JSONWriter.write(.object(notification.members + [.init(key: "sentAt", value: .string(sentAt))]))
    var fields: HTTPFields = [
      "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(key.tag(body).hex)"),
      "X-CT-Timestamp": HTTPFieldValue(lossy: sentAt),
      "Idempotency-Key": HTTPFieldValue(lossy: notification.id),
    ]
    if let token { fields.append("Authorization", HTTPFieldValue(lossy: "Bearer \(token)")) }
    return try await courier.post(body, to: url, fields: fields)
  }
}
