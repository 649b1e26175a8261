import CTCrypto
import CTGenerated
import CTHTTP
import CTRedaction
import CTRuntime
import CTStore
import Synchronization
import Testing

@testable import CTImpl

/// Counts what was refused.
private final class LimitCounter: RequestObserver {
  private let callers = Mutex<[String]>([])

  var refused: [String] { callers.withLock(\.self) }

  func didRespond(_ summary: RequestSummary) {}
  func didFail(operation: String, requestID: RequestID, _ error: any Error) {}
  func didLimit(_ caller: Principal?, operation: String) {
    callers.withLock { $0.append("\(caller?.name ?? "nobody") \(operation)") }
  }
}

/// 429, over HTTP and with time that stands still.
@Suite struct TooManyRequestsTests {
  /// A tower whose tokens `viewer-a` and `viewer-b`, and each address without one, have two requests.
  private func withServer(
    _ body: (HTTPOrigin, LimitCounter, Time) async throws -> Void
  ) async throws {
    try await TestTower.with { tower in
      let counter = LimitCounter()
      let nanoseconds = Time()
      let rate = RateLimits(
        viewer: .init(requestsPerSecond: 1, burst: 2), anonymous: .init(requestsPerSecond: 1, burst: 2))
      var entries: [Digest: TokenTable.Entry] = [:]
      for name in ["viewer-a", "viewer-b"] {
        let bucket = rate.bucket(for: .viewer, clock: nanoseconds.clock)
        entries[SHA256.hash(name.utf8)] = .init(
          principal: Principal(name: name, role: "viewer", bucket: bucket), expires: nil)
      }
      let environment = APIEnvironment(
        security: TokenTable(entries: entries, secrets: [], clock: tower.time.clock),
        redactor: StandardRedactor(key: tower.store.keys.redaction), digestBody: { SHA256.hash($0) }, observer: counter,
        bodyLimit: 1 << 18, anonymous: rate.anonymousBuckets(clock: nanoseconds.clock))
      var configuration = HTTPServerConfiguration()
      configuration.host = "127.0.0.1"
      configuration.port = 0
      let server = HTTPServer(
        configuration: configuration,
        handler: APIHandler(operations: tower.tower.operations, environment: environment))
      let origin = URLParts("http://\(try server.start())")!.origin
      do {
        try await body(origin, counter, nanoseconds)
      } catch {
        await server.shutdown(grace: .zero)
        throw error
      }
      await server.shutdown(grace: .zero)
    }
  }

  private final class Time: Sendable {
    private let value = Atomic<UInt64>(1_000_000_000)
    var clock: RateClock { RateClock { self.value.load(ordering: .sequentiallyConsistent) } }
    func advance(seconds: UInt64) { value.wrappingAdd(seconds * 1_000_000_000, ordering: .sequentiallyConsistent) }
  }

  private func statuses(_ origin: HTTPOrigin, _ target: String, token: String? = nil, count: Int) async throws -> [Int]
  {
    let client = HTTPClient()
    var statuses: [Int] = []
    for _ in 0..<count {
      var fields: HTTPFields = [:]
      if let token { fields.append("Authorization", HTTPFieldValue(lossy: "Bearer \(token)")) }
      let url = URLParts(origin: origin, target: target)
      statuses.append(try await client.send(HTTPClientRequest(.get, url, fields: fields)).status.code)
    }
    return statuses
  }

  /// Asks as often as there are statuses.
  private func expect(_ expected: [Int], _ origin: HTTPOrigin, _ target: String, token: String? = nil) async throws {
    let seen = try await statuses(origin, target, token: token, count: expected.count)
    #expect(seen == expected)
  }

  @Test func aTokenThatAsksTooMuchIsToldWhenToComeBack() async throws {
    try await withServer { origin, counter, time in
      try await expect([200, 200], origin, "/systems", token: "viewer-a")
      let response = try await HTTPClient().send(
        HTTPClientRequest(
          .get, URLParts(origin: origin, target: "/systems"), fields: ["Authorization": "Bearer viewer-a"]))
      #expect(response.status == .tooManyRequests && response.fields.value(of: "retry-after") == "1")
      #expect(response.fields.value(of: "content-type") == "application/problem+json")
      #expect(String(decoding: response.body, as: UTF8.self).contains("Too many requests with this token."))
      time.advance(seconds: 1)
      try await expect([200, 429], origin, "/systems", token: "viewer-a")
      #expect(counter.refused == ["viewer-a listSystems", "viewer-a listSystems"])
    }
  }

  @Test func oneTokenTakesNothingFromAnother() async throws {
    try await withServer { origin, _, _ in
      try await expect([200, 200, 429], origin, "/systems", token: "viewer-a")
      try await expect([200, 200], origin, "/systems", token: "viewer-b")
      try await expect([200, 200], origin, "/health")
    }
  }

  @Test func whatARoleMayNotDoCountsToo() async throws {
    try await withServer { origin, _, _ in
      try await expect([403, 403, 429], origin, "/dlq", token: "viewer-a")
    }
  }

  @Test func tokensCannotBeGuessedAtFullSpeed() async throws {
    try await withServer { origin, counter, _ in
      try await expect([401, 401], origin, "/systems", token: "guess")
      try await expect([429], origin, "/systems", token: "again")
      try await expect([429], origin, "/health")
      #expect(counter.refused == ["nobody listSystems", "nobody getHealth"])
    }
  }

  @Test(arguments: ["/livez", "/readyz", "/openapi.json"]) func whatNeverNeedsATokenIsNotLimited(path: String)
    async throws
  {
    try await withServer { origin, _, _ in
      try await expect(Array(repeating: 200, count: 10), origin, path)
    }
  }

  @Test func everyRoleHasALimitUnlessItIsSwitchedOff() {
    for role in TokenRole.allCases { #expect(RateLimits().bucket(for: role) != nil) }
    #expect(RateLimits().anonymousBuckets() != nil)
    #expect(RateLimits(producer: .init(requestsPerSecond: 0)).bucket(for: .producer) == nil)
    #expect(RateLimits(anonymous: .init(requestsPerSecond: 0)).anonymousBuckets() == nil)
  }
}
