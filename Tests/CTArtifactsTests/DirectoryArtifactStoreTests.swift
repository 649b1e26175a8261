import CTCrypto
import CTJSON
import Glibc
import Testing

@testable import CTArtifacts

/// What every artifact store does, and what a directory leaves on the disk.
@Suite struct DirectoryArtifactStoreTests {
  private let directory = TemporaryDirectory()

  private func open() throws -> DirectoryArtifactStore { try DirectoryArtifactStore(path: directory.path) }

  private func put(_ text: String, _ body: String, _ store: DirectoryArtifactStore) async throws {
    try await store.put(name(text), mediaType: "text/plain", at: noon, Array(body.utf8))
  }

  @Test func whatWasPutIsThereWithItsDigestAlsoAfterAReopening() async throws {
    let made = try await open().put(name("runs/run_1/log.txt"), mediaType: "text/plain", at: noon, Array("one\n".utf8))
    #expect(made.size == 4 && made.sha256 == SHA256.hash("one\n".utf8) && made.createdAt == noon)
    let store = try open()
    #expect(try await store.artifact(name("runs/run_1/log.txt")) == made)
    #expect(try await store.contents(of: name("runs/run_1/log.txt")) == Array("one\n".utf8))
    #expect(try await store.artifact(name("runs/run_1")) == nil)
    #expect(try await store.contents(of: name("runs/run_2/log.txt")) == nil)
  }

  @Test func aStreamIsWrittenInPiecesAndReadInRanges() async throws {
    let store = try open()
    let all = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let made = try await store.put(name("big"), mediaType: "application/octet-stream", at: noon) { sink in
      for start in stride(from: 0, to: all.count, by: 7001) {
        try await sink.write(Array(all[start..<min(all.count, start + 7001)]))
      }
    }
    #expect(made.size == 100_000 && made.sha256 == SHA256.hash(all))
    for range in [0..<1, 0..<100_000, 99_999..<100_000, 500..<500, 12_345..<54_321] {
      let bytes = try await store.read(made, Int64(range.lowerBound)..<Int64(range.upperBound))
      #expect(bytes == Array(all[range]))
    }
    #expect(await failure { _ = try await store.read(made, 0..<100_001) }?.code == .outOfRange)
  }

  @Test func whatIsPutAgainReplacesAndAnEarlierReaderIsNotMixedUp() async throws {
    let store = try open()
    try await put("a", "first", store)
    let first = try #require(try await store.artifact(name("a")))
    try await put("a", "second", store)
    #expect(try await store.contents(of: name("a")) == Array("second".utf8))
    #expect(try await store.read(first, 0..<5) == Array("first".utf8))
    try await store.reclaim(olderThan: 0)
    #expect(await failure { _ = try await store.read(first, 0..<5) }?.code == .notFound)
    #expect(try await store.contents(of: name("a")) == Array("second".utf8))
  }

  @Test func aBodyThatFailsLeavesWhatWasThere() async throws {
    struct Torn: Error {}
    let store = try open()
    try await put("a", "first", store)
    await #expect(throws: Torn.self) {
      try await store.put(name("a"), mediaType: "text/plain", at: noon) { sink in
        try await sink.write(Array("half of it".utf8))
        throw Torn()
      }
    }
    #expect(try await store.contents(of: name("a")) == Array("first".utf8))
    #expect(directory.files(in: "staging").isEmpty)
  }

  @Test func theSameBytesAreThereOnceAndStayAsLongAsOneNameNeedsThem() async throws {
    let store = try open()
    for text in ["a", "b", "c/d"] { try await put(text, "the same", store) }
    #expect(directory.files(in: "objects").count == 1)
    try await store.delete(name("a"))
    try await store.delete(name("c/d"))
    try await store.reclaim(olderThan: 0)
    #expect(try await store.contents(of: name("b")) == Array("the same".utf8))
    try await store.delete(name("b"))
    try await store.delete(name("b"))
    try await store.reclaim(olderThan: 0)
    #expect(directory.files(in: "objects").isEmpty && directory.files(in: "index").isEmpty)
  }

  @Test func anObjectThatWasJustWrittenIsNotTakenForRubbish() async throws {
    let store = try open()
    try await put("a", "bytes", store)
    try await store.delete(name("a"))
    try await store.reclaim()
    #expect(directory.files(in: "objects").count == 1)
  }

  @Test func listsAreInTheOrderOfNamesInPages() async throws {
    let store = try open()
    let names = [
      "a", "a-b", "a.b", "a/b", "a/b-c", "a/b/c", "aa", "b/1/x", "b/2/x", "b/2/y", "b/3", "backups/1", "c",
    ]
    for text in names.shuffled() { try await put(text, text, store) }
    let all = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for prefix in ["", "a", "a/", "a/b", "b/", "b/2", "b/2/", "b", "z", "a/b/c", "a/b/cc"] {
      let expected = all.filter { $0.hasPrefix(prefix) }
      for limit in [1, 2, 100] {
        var found: [String] = []
        while true {
          let page = try await store.list(prefix: prefix, after: found.last.map(name), limit: limit)
          found += page.map(\.name.text)
          if page.count < limit { break }
        }
        #expect(found == expected, "prefix \(prefix), pages of \(limit)")
      }
    }
  }

  @Test func aPolicySaysWhatIsKept() async throws {
    let store = try open()
    for text in ["backups/1", "backups/2", "backups/3", "exports/1"] { try await put(text, text, store) }
    let removed = try await store.delete(prefix: "backups/") { $0.name > name("backups/1") }
    #expect(removed.map(\.name.text) == ["backups/1"])
    #expect(try await store.all(prefix: "").map(\.name.text) == ["backups/2", "backups/3", "exports/1"])
  }

  @Test func foldersThatNothingIsInAnyMoreGo() async throws {
    let store = try open()
    for text in ["exports/1/a", "exports/1/b", "exports/2/a"] { try await put(text, text, store) }
    func folders() -> [String]? { try? ArtifactFiles.names(in: "\(directory.path)/index/exports") }
    try await store.delete(name("exports/1/a"))
    #expect(folders() == ["1", "2"])
    try await store.delete(name("exports/1/b"))
    #expect(folders() == ["2"])
    try await store.delete(name("exports/2/a"))
    #expect(try ArtifactFiles.names(in: "\(directory.path)/index").isEmpty)
  }

  @Test func aPlaceWhereNothingCanBeMadeIsSaid() throws {
    #expect(throws: ArtifactError.self) { try DirectoryArtifactStore(path: "/proc/artifacts/x") }
  }

  @Test func whatTheDiskHasChangedIsNotHandedOutAsWhole() async throws {
    let store = try open()
    try await put("a", "something", store)
    let object = try #require(directory.files(in: "objects").first)
    let artifact = try #require(try await store.artifact(name("a")))
    truncate("\(directory.path)/\(object)", 4)
    #expect(await failure { _ = try await store.contents(of: name("a")) }?.code == .damaged)
    truncate("\(directory.path)/\(object)", 9)
    #expect(await failure { _ = try await store.contents(of: name("a")) }?.code == .damaged)
    #expect(await failure { try await store.read(artifact) { _ in } }?.code == .damaged)
  }

  @Test func aFolderThatHoldsSomethingElseIsLeftAlone() throws {
    try ArtifactFiles.write(Array("mine".utf8), to: "\(directory.path)/letter.txt", staging: directory.path)
    #expect(throws: ArtifactError.self) { try DirectoryArtifactStore(path: directory.path) }
    #expect(directory.files() == ["letter.txt"])
    #expect(!DirectoryArtifactStore.isArtifactFolder(directory.path))
  }

  @Test func manyAtOnce() async throws {
    let store = try open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        group.addTask { try await put("many/\(number % 20)", "body \(number % 7)", store) }
      }
      try await group.waitForAll()
    }
    #expect(try await store.all(prefix: "many/").count == 20)
    for artifact in try await store.all(prefix: "many/") { #expect(try await store.contents(of: artifact.name) != nil) }
  }
}
