import CTStore
import Testing

@Suite struct DocumentTests {
  private let key = DocumentKey("runs", "run_1")

  private func body(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func versionsCountWrites() async throws {
    try await withStore { store, _ async throws in
      #expect(try await store.document(key)?.version == nil)
      _ = try await store.commit([.put(key, body: body("1"), if: .absent)])
      _ = try await store.commit([.put(key, body: body("2"), if: .version(1))])
      let document = try #require(try await store.document(key))
      #expect(document.version == 2 && document.body == body("2"))
      _ = try await store.commit([.delete(key, if: .exists)])
      #expect(try await store.document(key)?.version == nil)
    }
  }

  @Test(arguments: [Precondition.exists, .version(1)])
  func aBatchIsWrittenAsAWholeOrNotAtAll(precondition: Precondition) async throws {
    try await withStore { store, _ async throws in
      let error = await error {
        _ = try await store.commit([
          .append(event("a", type: "new.type")), .put(DocumentKey("runs", "other"), body: body("1")),
          .put(key, body: body("1"), if: precondition),
        ])
      }
      #expect(error?.code == .preconditionFailed)
      #expect(try await store.document(DocumentKey("runs", "other"))?.version == nil)
      #expect(try await store.append(event("b", type: "other.type")) == .accepted(seq: 1))
      #expect(try await store.append(event("a", type: "new.type")) == .accepted(seq: 2))
      #expect(try await store.verifyChain().isIntact)
    }
  }

  @Test func ofManyWhoExpectTheSameVersionOneWins() async throws {
    try await withStore { store, _ async throws in
      let wins = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<32 {
          group.addTask {
            await error { _ = try await store.commit([.put(key, body: body("\(number)"), if: .absent)]) } == nil
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(wins == 1)
      #expect(try await store.document(key)?.version == 1)
    }
  }

  @Test func listsById() async throws {
    try await withStore { store, _ async throws in
      _ = try await store.commit((1...9).map { .put(DocumentKey("runs", "r\($0)"), body: body("{}")) })
      _ = try await store.commit([.put(DocumentKey("other", "r5"), body: body("{}"))])
      func ids(after id: String?, descending: Bool) async throws -> [String] {
        try await store.documents(in: "runs", after: id, descending: descending, limit: 3).map(\.key.id)
      }
      #expect(try await ids(after: nil, descending: false) == ["r1", "r2", "r3"])
      #expect(try await ids(after: "r3", descending: false) == ["r4", "r5", "r6"])
      #expect(try await ids(after: nil, descending: true) == ["r9", "r8", "r7"])
      #expect(try await ids(after: "r2", descending: true) == ["r1"])
    }
  }
}
