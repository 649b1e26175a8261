import Synchronization
import Testing

@testable import CTHTTP

@Suite("Where a client may connect to")
struct OutboundPolicyTests {
  private func client(allowing exceptions: [String]) throws -> HTTPClient {
    var configuration = HTTPClientConfiguration()
    configuration.outbound = .public(allowing: try exceptions.map { try #require(OutboundPolicy.Exception($0)) })
    return HTTPClient(configuration: configuration)
  }

  @Test(
    "a server on this machine is not reached, however its address is written",
    arguments: [
      "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0",
    ])
  func refused(host: String) async throws {
    let requests = Mutex(0)
    let handler = TestHandler { request in
      requests.withLock { $0 += 1 }
      return await TestHandler.echo.answer(request)
    }
    try await withServer(handler) { address, _ in
      let url = try #require(URLParts("http://\(host):\(address.port)/"))
      let client = try client(allowing: ["10.0.0.0/8", "other.example"])
      let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, url)) }
      guard case .refused(let refusal) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(refusal.description.contains("outbound.allow"))
    }
    #expect(requests.withLock(\.self) == 0)
  }

  @Test("an exception lets it through", arguments: [("127.0.0.1", "127.0.0.0/8"), ("127.1", "127.1")])
  func allowed(host: String, exception: String) async throws {
    try await withServer(.echo) { address, _ in
      let url = try #require(URLParts("http://\(host):\(address.port)/a"))
      let response = try await client(allowing: [exception]).send(.init(.get, url))
      #expect(response.status == .ok)
    }
  }

  @Test("an exception for a name is none for its address, nor for another name")
  func exceptionForName() throws {
    let policy = OutboundPolicy.public(allowing: [.host("hooks.internal")])
    let address = try #require(SocketAddress(literal: "10.0.0.5", port: 80))
    #expect(policy.refusal(of: address, host: "hooks.internal", isEncrypted: false) == nil)
    #expect(policy.refusal(of: address, host: "HOOKS.internal", isEncrypted: true) == nil)
    for host in ["10.0.0.5", "x.hooks.internal", "hooks.internal.example"] {
      #expect(policy.refusal(of: address, host: host, isEncrypted: true)?.reason == .special(.private))
    }
  }

  @Test("the public Internet is spoken to over TLS only, unless an exception names the host")
  func clearText() throws {
    let policy = OutboundPolicy.public(allowing: [.host("plain.example")])
    let address = try #require(SocketAddress(literal: "93.184.216.34", port: 80))
    #expect(policy.refusal(of: address, host: "www.example", isEncrypted: true) == nil)
    #expect(policy.refusal(of: address, host: "www.example", isEncrypted: false)?.reason == .clearText)
    #expect(policy.refusal(of: address, host: "plain.example", isEncrypted: false) == nil)
  }

  @Test("a name is looked up once for a connection: what is checked is what is connected to")
  func noRebinding() async throws {
    let lookups = Mutex(0)
    let answers = [["93.184.216.34"], ["127.0.0.1"]]
    let connector = Connector(configuration: Self.restricted) { origin throws(HTTPClientError) in
      let turn = lookups.withLock { count in
        defer { count += 1 }
        return count
      }
      return answers[min(turn, 1)].compactMap { SocketAddress(literal: $0, port: origin.port) }
    }
    let origin = try #require(HTTPOrigin(scheme: .http, host: "rebinding.example"))
    // The first answer is public, but would be spoken to in clear text; the second is never asked for.
    let first = #expect(throws: HTTPClientError.self) { _ = try connector.connect(to: origin, Interruption()) }
    #expect(first == .refused(OutboundRefusal(host: origin.host, address: "93.184.216.34", reason: .clearText)))
    #expect(lookups.withLock(\.self) == 1)
    let second = #expect(throws: HTTPClientError.self) { _ = try connector.connect(to: origin, Interruption()) }
    let reason = OutboundRefusal.Reason.special(.loopback)
    #expect(second == .refused(OutboundRefusal(host: origin.host, address: "127.0.0.1", reason: reason)))
  }

  @Test("one private address among public ones is enough to refuse a name", arguments: [true, false])
  func mixedAnswer(isPrivateFirst: Bool) throws {
    let texts = isPrivateFirst ? ["10.0.0.1", "93.184.216.34"] : ["93.184.216.34", "10.0.0.1"]
    let connector = Connector(configuration: Self.restricted) { origin throws(HTTPClientError) in
      texts.compactMap { SocketAddress(literal: $0, port: origin.port) }
    }
    let origin = try #require(HTTPOrigin(scheme: .https, host: "mixed.example"))
    let error = #expect(throws: HTTPClientError.self) { _ = try connector.connect(to: origin, Interruption()) }
    let reason = OutboundRefusal.Reason.special(.private)
    #expect(error == .refused(OutboundRefusal(host: origin.host, address: "10.0.0.1", reason: reason)))
  }

  @Test("a redirect to a private address is not followed")
  func redirect() async throws {
    let handler = TestHandler { _ in
      HTTPResponse(status: 302, fields: ["Location": "http://169.254.169.254/latest/meta-data/"])
    }
    try await withServer(handler) { address, _ in
      let url = try #require(URLParts("http://\(address)/"))
      #expect(try await client(allowing: ["127.0.0.1"]).send(.init(.get, url)).status == 302)
    }
  }

  @Test(
    "what is no exception",
    arguments: ["", "a b", "10.0.0.1/8", "http://a", "a:80", "a/b", "*.example", "example.", "[::1]", "::1/200"])
  func noException(text: String) {
    #expect(OutboundPolicy.Exception(text) == nil)
  }

  private static var restricted: HTTPClientConfiguration {
    var configuration = HTTPClientConfiguration()
    configuration.outbound = .public()
    return configuration
  }
}
