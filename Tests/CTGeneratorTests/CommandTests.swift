import Glibc
import Testing

/// What the command line means, and what becomes of what it names.
@Suite struct CommandTests {
  private static let schema = ["s.json": #"{"type": "integer"}"#]

  @Test(arguments: [
    (["generate", "--spec", "", "--out", "o"], "the value of --spec is empty: FILE is needed"),
    (["generate", "--schemas", "", "--out", "o"], "the value of --schemas is empty: DIR is needed"),
    (["generate", "--schemas", ".", "--out", ""], "the value of --out is empty: DIR is needed"),
    (["generate", "--schemas", ".", "--out="], "the value of --out is empty: DIR is needed"),
    (
      ["validate", "--schema", "s.json", "--instance", "s.json", "--output", ""],
      "the value of --output is empty: FILE is needed"
    ),
    (["validate", "--schema", "", "--instance", "s.json"], "the value of --schema is empty: FILE[#POINTER] is needed"),
    (["lint", "--spec="], "the value of --spec is empty: FILE is needed"),
    (["diff", "", "s.json"], "OLD is empty"),
    (["diff", "s.json", ""], "NEW is empty"),
    (
      ["generate", "--schemas", ".", "--schema", "s.json", "--out", "o"],
      "--schema belongs to --spec: --schemas takes a whole folder"
    ),
    (["generate", "--schemas", ".", "--spec", "s.json", "--out", "o"], "--spec and --schemas exclude each other"),
  ])
  func `what cannot be meant is a fault of usage, and nothing is written`(
    arguments: [String], message: String
  ) throws {
    let folder = try TemporaryFolder(Self.schema)
    let result = try Tool.run(arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.output.contains(": \(message); see openapi-gen"), "\(result.output)")
    #expect(try folder.names() == ["s.json"])
  }

  @Test(.timeLimit(.minutes(1)), arguments: [("/dev/stdout", 0), ("/dev/null", 0), ("/dev/full", 2), ("missing/o", 2)])
  func `a report goes wherever it can be written`(output: String, status: Int32) throws {
    let folder = try TemporaryFolder(Self.schema.merging(["i.json": "1"]) { $1 })
    let arguments = ["validate", "--schema", "s.json", "--instance", "i.json", "--output", output]
    let result = try Tool.run(arguments, in: folder.path)
    #expect(result.status == status)
    let complaint = status == 0 ? "" : "openapi-gen: \(output) cannot be written: "
    #expect(result.output.hasPrefix(output == "/dev/stdout" ? "i.json: valid\n" : complaint))
  }

  @Test func `a file that has the bytes already is left alone`() throws {
    let folder = try TemporaryFolder(Self.schema)
    let arguments = ["generate", "--schemas", ".", "--out", "o"]
    #expect(try Tool.run(arguments, in: folder.path).status == 0)
    let path = folder.path + "/o/Registry.swift"
    var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
    #expect(try Tool.run(arguments, in: folder.path).status == 0)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mtim.tv_sec == 1)
    try folder.write("// of the same size?".padding(to: Int(status.st_size)), to: "o/Registry.swift")
    #expect(try Tool.run(arguments, in: folder.path).status == 0)
    #expect(stat(path, &status) == 0 && status.st_mtim.tv_sec > 1)
  }

  @Test func `validate tells the faults of the schema and of the instance in one run`() throws {
    let folder = try TemporaryFolder(["s.json": #"{"type": "int"}"#, "i.yaml": "a: [1"])
    let result = try Tool.run(["validate", "--schema", "s.json", "--instance", "i.yaml"], in: folder.path)
    #expect(result.status == 2)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("s.json:1:10: error: 'int' is no type") == true, "\(result.output)")
    #expect(lines.last?.hasPrefix("i.yaml:1:") == true, "\(result.output)")
  }

  @Test(arguments: [
    (["validate", "--schema", "d", "--instance", "i.json"], "d:1:1: error: cannot read 'd': it is a folder"),
    (["validate", "--schema", "s.json", "--instance", "d"], "d:1:1: error: cannot read 'd': it is a folder"),
    (
      ["validate", "--schema", "r.json", "--instance", "i.json"], "r.json:1:10: error: cannot read 'd': it is a folder"
    ),
    (["lint", "--spec", "d"], "d:1:1: error: cannot read 'd': it is a folder"),
    (
      ["generate", "--spec", "api.yaml", "--out", "o"],
      "api.yaml:4:34: error: cannot read 'd': it is a folder"
    ),
    (
      ["validate", "--schema", "n.json", "--instance", "i.json"],
      "n.json:1:10: error: cannot read 'i.json\u{FFFD}x': there is a U+0000 in its name"
    ),
  ])
  func `what cannot be read is named where it was asked for`(arguments: [String], message: String) throws {
    let folder = try TemporaryFolder([
      "d/x.json": "{}", "s.json": "{}", "i.json": "{}", "r.json": #"{"$ref": "d"}"#,
      "n.json": #"{"$ref": "i.json\u0000x"}"#,
      "api.yaml": "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: d}}}",
    ])
    let result = try Tool.run(arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.output.hasPrefix(message), "\(result.output)")
  }
}

extension String {
  /// With line breaks after it, up to a count of bytes.
  fileprivate func padding(to count: Int) -> String { self + String(repeating: "\n", count: count - utf8.count) }
}
