import CTArchive
import CTArtifacts
import CTJSON
import CTStore
import Foundation
import Testing

@testable import CTImpl

/// The commands that work on a directory, as somebody types them.
@Suite struct ArchiveCommandTests {
  /// Runs `body` with a folder in which `data` is a store with one event, and `file` a file.
  private func with(_ body: (String) async throws -> Void) async throws {
    let folder = NSTemporaryDirectory() + "ct-command-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try await SQLiteStore.open(directory: folder + "/data", projections: Tower.projections)
    _ = try await store.append(record("evt_1"))
    await store.close()
    try Data("hello\n".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
    try await body(folder)
  }

  private func run(_ line: String, in folder: String) async -> Int32 {
    await TowerCommand.run(
      line.split(separator: " ").map { $0.replacingOccurrences(of: "@", with: folder) })
  }

  @Test func `a store is exported, backed up, tried and restored`() async throws {
    try await with { folder async throws in
      for line in [
        "export --data @/data --out @/out", "export --data @/data --out @/day --from 1970-01-01 --to 1970-01-02",
        "backup --data @/data --keep 2", "drill --data @/data", "artifacts list --data @/data backups/",
        "restore --from @/data/artifacts --key @/data/digest.key --data @/new --exports @/data/artifacts",
        "verify --data @/new",
      ] {
        #expect(await run(line, in: folder) == 0, "\(line)")
      }
      let artifacts = try DirectoryArtifactStore(path: folder + "/data/artifacts")
      let name = try #require(try await artifacts.all(prefix: "backups/").last?.name)
      #expect(await run("artifacts get \(name) --data @/data --out @/tower.db.gz", in: folder) == 0)
      #expect(await run("restore --from @/tower.db.gz --key @/data/digest.key --data @/other", in: folder) == 0)
    }
  }

  @Test(arguments: [
    "export --data @/data", "export --data @/none --out @/out", "export --data @/data --out @/out --from 2025-13-01",
    "export --data @/data --out @/out --from 2025-02-01 --to 2025-01-01", "backup", "backup --data @/none",
    "backup --data @/data --keep 0", "backup --data @/data extra", "drill --data @/none", "artifacts",
    "artifacts put --data @/data", "artifacts get --data @/data --out @/x",
    "artifacts get ../x --data @/data --out @/x",
    "artifacts list --data @/data", "restore --from @/data", "restore --from @/data --data @/new",
    "verify --data @/none",
  ])
  func `what is typed wrong is said, and nothing is made`(line: String) async throws {
    try await with { folder async throws in
      #expect(await run(line, in: folder) == 2)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["data", "file"])
      #expect(!FileManager.default.fileExists(atPath: folder + "/data/artifacts"))
    }
  }

  @Test(arguments: [
    "export --data @/data --out @/file", "export --data @/data --out @/file/x", "export --data @/data --out /proc/x",
    "backup --data @/data --artifacts @/file", "backup --data @/data --artifacts /proc/x", "drill --data @/data",
    "restore --from @/none --key @/data/digest.key --data @/new",
    "restore --from @/file --key @/data/digest.key --data @/new",
    "restore --from @/data --key @/none --data @/new", "restore --from @/data --key @/file --data @/new",
    "restore --from @/data --key @/data/digest.key --data @/data",
    "restore --from @/data --key @/data/digest.key --data @/new --exports @/none",
  ])
  func `what cannot be done fails, and leaves no half directory`(line: String) async throws {
    try await with { folder async throws in
      #expect(await run(line, in: folder) == 1)
      #expect(!FileManager.default.fileExists(atPath: folder + "/new/tower.db"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/new/digest.key"))
    }
  }
}
