import CTGenerator
import CTSpec
import Glibc
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
    var template = Array("/tmp/ct-generate-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    try #require(made)
    let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    let status = try run([Self.tool, "generate"] + arguments + ["--out", folder], environment)
    #expect(status == 0)
    var files: [String: String] = [:]
    let stream = try #require(opendir(folder))
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".swift") else { continue }
      files[name] = String(decoding: try FileReader.disk.read("\(folder)/\(name)"), as: UTF8.self)
      unlink("\(folder)/\(name)")
    }
    closedir(stream)
    rmdir(folder)
    return files
  }

  /// The executable beside the test bundle.
  private static var tool: String {
    let executable = (try? FileReader.disk.read("/proc/self/cmdline")).map { $0.split(separator: 0) } ?? []
    for part in executable {
      let path = String(decoding: part, as: UTF8.self)
      guard path.hasSuffix(".xctest"), let slash = path.lastIndex(of: "/") else { continue }
      return path[..<slash] + "/openapi-gen"
    }
    return "\(root)/.build/debug/openapi-gen"
  }

  private func run(_ arguments: [String], _ environment: [String]) throws -> Int32 {
    var pointers = arguments.map { strdup($0) } + [nil]
    var variables = (environment + ["PATH=/usr/bin:/bin"]).map { strdup($0) } + [nil]
    defer { for pointer in pointers + variables { free(pointer) } }
    var process: pid_t = 0
    try #require(posix_spawn(&process, arguments[0], nil, nil, &pointers, &variables) == 0, "\(arguments[0])")
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
