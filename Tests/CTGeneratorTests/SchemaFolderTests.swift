import Glibc
import Testing

@testable import CTGenerator

@Suite struct SchemaFolderTests {
  @Test func `takes schemas of all folders, whatever the case of their endings`() throws {
    let folder = try TemporaryFolder([
      "b.json": "", "A.JSON": "", "d/c.YAML": "", "d/e/f.yml": "", "g.txt": "", ".h.json": "",
    ])
    #expect(try SchemaFolder.files(in: folder.path).map(\.name) == ["A.JSON", "b.json", "d/c.YAML", "d/e/f.yml"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `follows links, but not into a folder that they lie in`() throws {
    let folder = try TemporaryFolder(["a.json": "", "d/b.json": "", "e/c.json": ""])
    for (name, target) in [("l1", "."), ("l2", "."), ("d/up", ".."), ("d/e", "../e"), ("e/d", "../d")] {
      try folder.link(name, to: target)
    }
    #expect(
      try SchemaFolder.files(in: folder.path).map(\.name) == [
        "a.json", "d/b.json", "d/e/c.json", "e/c.json", "e/d/b.json",
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `links that lead to the same folders in very many ways end`() throws {
    let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: (0...40).map { ("d\($0)/a.json", "") }))
    for level in 0..<40 {
      for name in ["l", "m"] { try folder.link("d\(level)/\(name)", to: "../d\(level + 1)") }
    }
    let failure = #expect(throws: SchemaFolder.Failure.self) { try SchemaFolder.files(in: folder.path) }
    #expect(failure?.description.hasSuffix("there are more than 10000 folders, links among them") == true)
  }

  @Test func `a folder within that cannot be read is named`() throws {
    let folder = try TemporaryFolder(["a.json": "", "locked/b.json": ""])
    chmod(folder.path, 0o755)
    chmod(folder.path + "/locked", 0)
    defer { chmod(folder.path + "/locked", 0o700) }
    let failure = try #require(throws: SchemaFolder.Failure.self) {
      try asNobody { try SchemaFolder.files(in: folder.path) }
    }
    #expect(failure.description == "'\(folder.path)/locked' cannot be read: permission denied")
  }

  @Test func `a folder that is not there is named`() {
    let failure = #expect(throws: SchemaFolder.Failure.self) { try SchemaFolder.files(in: "/nowhere/at/all") }
    #expect(failure?.description == "'/nowhere/at/all' cannot be read: no such file or directory")
  }

  @Test func `names that generated code cannot tell apart are refused`() throws {
    let folder = try TemporaryFolder(["\u{E9}.json": ""])
    try folder.write("", to: "e\u{301}.json")
    #expect(throws: SchemaFolder.Failure.self) { try SchemaFolder.files(in: folder.path) }
  }

  /// Does something without the rights of a user who may read everything, should that be who runs the tests.
  private func asNobody<Result>(_ body: () throws -> Result) throws -> Result {
    // Of this thread alone (setfsuid(2)); not among what the module Glibc has.
    typealias SetUser = @convention(c) (uid_t) -> CInt
    let setUser = unsafeBitCast(try #require(dlsym(nil, "setfsuid")), to: SetUser.self)
    let user = geteuid()
    _ = setUser(65_534)
    defer { _ = setUser(user) }
    return try body()
  }
}
