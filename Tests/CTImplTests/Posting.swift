import CTCrypto
import CTHTTP
import CTJSON
import Testing

@testable import CTImpl

/// A tower with a server, and the requests that producers and readers send.
struct ListeningTower: Sendable {
  let tower: TestTower
  let origin: HTTPOrigin

  /// Runs `body`, then shuts everything down.
  static func with(_ body: (ListeningTower) async throws -> Void) async throws {
    try await TestTower.with { tower in
      let (server, origin) = try tower.listen()
      do { try await body(ListeningTower(tower: tower, origin: origin)) } catch {
        await server.shutdown(grace: .seconds(1))
        throw error
      }
      await server.shutdown(grace: .seconds(1))
    }
  }

  /// Sends a signed body, as a producer of any source.
  func send(body: String, token: String = "DEV_TOKEN_OWNER") async throws -> HTTPClientResponse {
    try await send(bytes: Array(body.utf8), token: token)
  }

  func send(bytes: [UInt8], token: String = "DEV_TOKEN_OWNER") async throws -> HTTPClientResponse {
    let signature = HMACKey(TokenTable.developmentSecret.utf8).tag(bytes).hex
    return try await HTTPClient().send(
      HTTPClientRequest(
        .post, URLParts(origin: origin, target: "/events"),
        fields: [
          "Authorization": HTTPFieldValue(lossy: "Bearer \(token)"), "Content-Type": "application/json",
          "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(signature)"),
        ], body: bytes))
  }

  /// Sends an event.
  func post(
    _ id: String, _ type: String = "system.heartbeat", source: String = "portal", payload: String = "{}",
    correlationId: String? = nil
  ) async throws -> HTTPClientResponse {
    let correlation = correlationId.map { #","correlationId":"\#($0)""# } ?? ""
    let head = #""eventId":"\#(id)","type":"\#(type)","ts":"2025-09-27T09:00:00Z","source":"\#(source)""#
    return try await send(body: "{\(head)\(correlation),\"payload\":\(payload)}")
  }

  func get(_ target: String, role: String = "maintainer") async throws -> HTTPClientResponse {
    try await HTTPClient().send(
      HTTPClientRequest(
        .get, URLParts(origin: origin, target: target),
        fields: ["Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role.uppercased())")]))
  }

  /// One event as it is read back; `nil` when there is none.
  func event(_ id: String, role: String = "maintainer") async throws -> JSONValue? {
    let response = try await get("/events/\(id)", role: role)
    return response.status == .ok ? try JSONValue(parsing: response.body) : nil
  }
}
