import CTGenerator
import CTSpec
import Testing

/// The same spec gives the same bytes in every process: dictionaries and sets are ordered differently in each.
@Suite struct DeterminismTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  @Test func `gives the same bytes whatever the hash seed`() throws {
    let arguments = ["--spec", "\(Self.root)/docs/design/openapi/control_tower.yaml"]
    let folders = try (0..<3).map { _ in try output(of: arguments) }
    // One with hashes that are the same everywhere, the others with seeds of their own.
    let fixed = try output(of: arguments, environment: ["SWIFT_DETERMINISTIC_HASHING=1"])
    #expect(fixed.count > 5)
    for folder in folders { #expect(folder == fixed) }
  }

  @Test func `gives the same bytes for a folder of schemas whatever the hash seed`() throws {
    let arguments = ["--schemas", "\(Self.root)/Tests/CTSchemaSetTests/spec"]
    let first = try output(of: arguments, environment: ["SWIFT_DETERMINISTIC_HASHING=1"])
    #expect(try output(of: arguments) == first)
    #expect(first.count > 5)
  }

  @Test func `names files by where they are in the spec, not on the machine`() throws {
    let files = try output(of: ["--spec", "\(Self.root)/docs/design/openapi/control_tower.yaml"])
    for (name, content) in files { #expect(!content.contains(Self.root), "\(name)") }
  }

  /// What a process of its own writes, by file name.
  private func output(of arguments: [String], environment: [String] = []) throws -> [String: String] {
    let folder = try TemporaryFolder()
    let result = try Tool.run(["generate"] + arguments + ["--out", folder.path], environment: environment)
    #expect(result.status == 0)
    var files: [String: String] = [:]
    for name in try folder.names() where name.hasSuffix(".swift") {
      files[name] = String(decoding: try FileReader.disk.read("\(folder.path)/\(name)"), as: UTF8.self)
    }
    return files
  }
}
