package import CTHTTP

/// Posts to receivers over HTTP, and tells passing failures from final ones. Redirects are not followed.
package struct Courier: Sendable {
  private let client: HTTPClient

  package init(outbound: OutboundPolicy, trust: HTTPClientConfiguration.Trust = .system) {
    var configuration = HTTPClientConfiguration()
    configuration.outbound = outbound
    configuration.trust = trust
    configuration.connectTimeout = .seconds(5)
    configuration.responseTimeout = .seconds(15)
    configuration.bodyLimit = 64 * 1024
    // A receiver that is asked now and then closes what it kept before it is asked again.
    configuration.idlePerOrigin = 0
    configuration.maximumThreads = 8
    client = HTTPClient(configuration: configuration)
  }

  /// Posts JSON. Nothing but 2xx is success.
  func post(_ body: [UInt8], to url: URLParts, fields: HTTPFields = [:]) async throws(DeliveryError) -> String {
    var all: HTTPFields = ["Content-Type": "application/json", "User-Agent": "control-tower"]
    all.append(contentsOf: fields)
    let response: HTTPClientResponse
    do throws(HTTPClientError) {
      response = try await client.send(HTTPClientRequest(.post, url, fields: all, body: body))
    } catch {
      throw Self.failure(error)
    }
    guard response.status.code / 100 == 2 else { throw Self.failure(response, from: url.origin) }
    return "\(url.origin) answered \(response.status.code)"
  }

  private static func failure(_ error: HTTPClientError) -> DeliveryError {
    if case .refused = error { return DeliveryError(.final, error.description) }
    return DeliveryError(.passing(), error.description)
  }

  /// The URL's path is left out: for some receivers it is a secret.
  private static func failure(_ response: HTTPClientResponse, from origin: HTTPOrigin) -> DeliveryError {
    let code = response.status.code
    let words = String(decoding: response.body, as: UTF8.self).onOneLine.shortened(to: 200)
    let reason = "\(origin) answered \(code)" + (words.isEmpty ? "" : ": \(words)")
    switch code {
    case 300...399:
      return DeliveryError(.final, "\(reason) (redirects are not followed: give the address that it points to)")
    case 408, 425, 429, 500...:
      let seconds = response.fields.value(of: "retry-after").flatMap(Int.init)
      return DeliveryError(.passing(retryAfter: seconds), reason)
    default: return DeliveryError(.final, reason)
    }
  }
}
