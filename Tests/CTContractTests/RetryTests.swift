import CTCrypto
import CTHTTP
import CTRuntime
import Synchronization
import Testing

/// A client comes back when the server said so, with the same request.
@Suite struct RetryTests {
  /// Answers what it is told, one after the other, and keeps what it was sent.
  private final class Script: ClientTransport {
    private let answers: Mutex<[(Int, HTTPFields)]>
    let requests = Mutex<[ClientRequest]>([])
    let waits = Mutex<[Duration]>([])

    init(_ answers: [(Int, HTTPFields)]) { self.answers = Mutex(answers) }

    func send(_ request: ClientRequest) async throws -> ClientResponse {
      requests.withLock { $0.append(request) }
      let (status, fields) = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      return ClientResponse(status: status, fields: fields, body: [])
    }

    func client(attempts: Int = 3, credentials: ClientCredentials = .init()) -> APIClient {
      APIClient(
        transport: self, credentials: credentials,
        retry: RetryPolicy(attempts: attempts) { delay in self.waits.withLock { $0.append(delay) } })
    }
  }

  private let request = ClientRequest(method: "GET", path: ["x"])

  @Test(
    arguments: [
      ["Retry-After": "7"], ["Retry-After": "Sun, 06 Nov 1994 08:49:44 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT"],
    ] as [HTTPFields])
  func `waits as long as it is told`(fields: HTTPFields) async throws {
    for status in [429, 503] {
      let script = Script([(status, fields), (status, fields), (200, [:])])
      #expect(try await script.client().send(request).status == 200)
      #expect(script.waits.withLock { $0 } == [.seconds(7), .seconds(7)])
    }
  }

  @Test func `gives up after so many times`() async throws {
    let script = Script([(503, ["Retry-After": "1"])])
    #expect(try await script.client(attempts: 2).send(request).status == 503)
    #expect(script.requests.withLock { $0.count } == 3)
  }

  @Test(
    arguments: [
      (503, [:]), (500, ["Retry-After": "1"]), (429, ["Retry-After": "61"]), (429, ["Retry-After": "-1"]),
      (429, ["Retry-After": "soon"]), (429, ["Retry-After": "Sun, 06 Nov 1994 08:49:44 GMT"]),
    ] as [(Int, HTTPFields)])
  func `does not guess`(status: Int, fields: HTTPFields) async throws {
    let script = Script([(status, fields)])
    #expect(try await script.client().send(request).status == status)
    #expect(script.requests.withLock { $0.count } == 1)
  }

  @Test func `signs and repeats the same bytes`() async throws {
    let script = Script([(429, ["Retry-After": "0"]), (200, [:])])
    let key = HMACKey(Array("secret".utf8))
    var request = ClientRequest(method: "POST", path: ["x"])
    request.setBody(Array("{}".utf8), mediaType: "application/json")
    request.isAuthorized = true
    request.signature = SignatureRule(field: "X-Signature", prefix: "sha256=", algorithm: .sha256)
    let credentials = ClientCredentials(token: "t") { body, _ in key.tag(body).description }
    _ = try await script.client(credentials: credentials).send(request)
    let sent = script.requests.withLock { $0 }
    let expected = "sha256=\(key.tag(Array("{}".utf8)).description)"
    for request in sent {
      #expect(request.fields.value(of: "x-signature") == expected)
      #expect(request.fields.value(of: "authorization") == "Bearer t")
      #expect(request.body == Array("{}".utf8))
    }
    #expect(sent.count == 2)
  }

  @Test func `says that a secret is missing`() async throws {
    var request = ClientRequest(method: "POST", path: ["x"])
    request.signature = SignatureRule(field: "X-Signature", prefix: "sha256=", algorithm: .sha256)
    await #expect(throws: ClientError.self) { try await Script([(200, [:])]).client().send(request) }
  }
}
