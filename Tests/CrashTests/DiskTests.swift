import CTHTTP
import CTJSON
import CTStore
import Glibc
import Testing

/// The tower's files may not grow any more, as on a full disk; then they may again. Nobody restarts anything.
@Suite(.serialized) struct DiskTests {
  @Test func aFullDiskIsSaidAndLeftBehind() async throws {
    let directory = DataDirectory()
    let ledger = Ledger()
    let tower = try TowerProcess(data: directory.path)
    defer { tower.kill() }
    let producers = Producers(try await tower.origin(), ledger)
    try await expect(producers, "evt_a", 202)
    #expect(try await get(producers, "/readyz").status.code == 200)

    try tower.limitFiles(to: 4096)
    try await expect(producers, "evt_b", 503)
    let ready = try await get(producers, "/readyz")
    let problem = try JSONValue(parsing: ready.body)
    #expect(ready.status.code == 503)
    #expect(problem["detail"]?.string?.contains("not writable") == true)
    #expect(ready.fields.value(of: "retry-after") != nil)
    // What can be answered without writing still is.
    #expect(try await get(producers, "/health").status.code == 200)
    #expect(try await get(producers, "/livez").status.code == 200)

    try tower.limitFiles(to: nil)
    for _ in 0..<200 where try await get(producers, "/readyz").status.code != 200 {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try await get(producers, "/readyz").status.code == 200)
    try await expect(producers, "evt_b", 202)
    try await expect(producers, "evt_c", 202)
    tower.kill()
    #expect(try SQLiteStore.verifyChain(directory: directory.path).events == 3)
  }

  private func get(_ producers: Producers, _ path: String) async throws -> HTTPClientResponse {
    try await producers.client.send(HTTPClientRequest(.get, URLParts(origin: producers.origin, target: path)))
  }

  private func expect(_ producers: Producers, _ id: String, _ status: Int) async throws {
    #expect(try await producers.client.send(producers.request(Producers.plain(id))).status.code == status, "\(id)")
  }
}
