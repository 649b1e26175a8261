import Glibc
import Testing

@testable import CTHTTP

@Suite("HTTP client over TLS")
struct TLSTests {
  private func client(trusting file: String?) -> HTTPClient {
    var configuration = HTTPClientConfiguration()
    if let file { configuration.trust = .authorities(file: file) }
    return HTTPClient(configuration: configuration)
  }

  private func reason(_ client: HTTPClient, _ url: URLParts) async -> String? {
    do throws(HTTPClientError) {
      _ = try await client.send(HTTPClientRequest(.get, url))
      return nil
    } catch {
      guard case .tls(_, let reason) = error else { return "\(error)" }
      return reason
    }
  }

  @Test("a certificate of one's own authority is accepted, for names and for addresses")
  func accepted() async throws {
    let certificates = try Certificates()
    try certificates.issue("good", for: "DNS:localhost,IP:127.0.0.1")
    let peer = try TLSPeer(certificates, "good")
    let client = client(trusting: certificates.authority)
    for host in ["localhost", "127.0.0.1"] {
      let response = try await client.send(HTTPClientRequest(.get, peer.url(host)))
      #expect(response.status == .ok)
      #expect(String(decoding: response.body, as: UTF8.self).contains("TLSv1.3"))
    }
  }

  @Test("an unknown authority is refused")
  func unknownAuthority() async throws {
    let certificates = try Certificates()
    try certificates.issue("good", for: "DNS:localhost")
    let peer = try TLSPeer(certificates, "good")
    let reason = await reason(client(trusting: nil), try peer.url("localhost"))
    #expect(reason?.contains("certificate") == true)
  }

  @Test("a certificate for another host is refused")
  func wrongHost() async throws {
    let certificates = try Certificates()
    try certificates.issue("other", for: "DNS:other.example")
    let peer = try TLSPeer(certificates, "other")
    let client = client(trusting: certificates.authority)
    #expect(await reason(client, try peer.url("localhost")) == "hostname mismatch")
    #expect(await reason(client, try peer.url("127.0.0.1")) == "IP address mismatch")
  }

  @Test("the end of a certificate is seen whoever signed it")
  func certificateEnd() async throws {
    let certificates = try Certificates()
    try certificates.issue("other", for: "DNS:other.example")
    let peer = try TLSPeer(certificates, "other")
    let end = try await client(trusting: nil).certificateEnd(of: peer.url("localhost").origin)
    // They are made for two days.
    let now = Int64(Glibc.time(nil))
    #expect((now + 2 * 86_400 - 600...now + 2 * 86_400).contains(end))
  }

  @Test("nobody looks at the certificate of a private address that is not allowed")
  func certificateOfAPrivateAddress() async throws {
    var configuration = HTTPClientConfiguration()
    configuration.outbound = .public()
    let client = HTTPClient(configuration: configuration)
    let origin = try #require(HTTPOrigin(scheme: .https, host: "127.0.0.1", port: 1))
    await #expect {
      _ = try await client.certificateEnd(of: origin)
    } throws: { error in
      if case HTTPClientError.refused = error { true } else { false }
    }
  }

  @Test("TLS 1.1 is refused")
  func oldVersion() async throws {
    let certificates = try Certificates()
    try certificates.issue("good", for: "DNS:localhost")
    let peer = try TLSPeer(certificates, "good", arguments: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
    #expect(await reason(client(trusting: certificates.authority), try peer.url("localhost")) != nil)
  }

  @Test("a server that does not speak TLS is told apart")
  func notTLS() async throws {
    try await withServer(.echo) { address, _ in
      let url = try #require(URLParts("https://\(address)/"))
      #expect(await reason(client(trusting: nil), url) != nil)
    }
  }

  @Test("a missing file of authorities is an error")
  func missingFile() async throws {
    try await withServer(.echo) { address, _ in
      let url = try #require(URLParts("https://\(address)/"))
      let reason = await reason(client(trusting: "/nonexistent.pem"), url)
      #expect(reason?.hasPrefix("the trusted certificates cannot be loaded") == true)
    }
  }
}
