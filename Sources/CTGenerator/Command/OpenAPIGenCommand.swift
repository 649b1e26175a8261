internal import CTSpec
internal import Glibc

/// The command line of `openapi-gen`.
package enum OpenAPIGenCommand {
  private static let usage = """
    openapi-gen: Swift from an OpenAPI 3.1 document and JSON Schemas.

    usage: openapi-gen generate --spec FILE [--schema FILE]... --out DIR
           openapi-gen generate --schemas DIR --out DIR

      --spec FILE     the OpenAPI document (YAML or JSON)
      --schema FILE   a JSON Schema that belongs to it, whether the document refers to it or not
      --schemas DIR   any folder of JSON Schemas: validators for each file, and a registry of them by file name,
                      validate(schema: "name.json", json: bytes)
      --out DIR       where the Swift files go; only files whose content changes are written

    Faults go to standard error, one on a line, as file:line:column: error: …
    Exit status: 0 when generated, 1 when the spec has faults, 2 when the command is wrong or a file cannot be written.
    """

  package static func main() {
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  static func run(_ arguments: [String]) -> Int32 {
    switch arguments.first {
    case "generate": return generate(Array(arguments.dropFirst()))
    case "--help", "-h", "help":
      print(usage)
      return 0
    case let other:
      complain(other.map { "openapi-gen: there is no command '\($0)'" } ?? "openapi-gen: which command?")
      complain(usage)
      return 2
    }
  }

  private static func generate(_ arguments: [String]) -> Int32 {
    var spec: String?
    var schemas: [String] = []
    var out: String?
    var folder: String?
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else {
        complain("openapi-gen: \(option) needs a value")
        return 2
      }
      switch option {
      case "--spec": spec = value
      case "--schema": schemas.append(value)
      case "--schemas": folder = value
      case "--out": out = value
      default:
        complain("openapi-gen: there is no option '\(option)'; see openapi-gen --help")
        return 2
      }
    }
    if let folder, let out, spec == nil { return writeSet(folder, out) }
    guard let spec, let out, folder == nil else {
      complain("openapi-gen: --out and either --spec or --schemas are needed; see openapi-gen --help")
      return 2
    }
    let inputs = schemas.sorted()
    return write(to: out) { () throws(SpecError) in try SwiftGenerator.generate(openAPI: spec, schemas: inputs) }
  }

  private static func writeSet(_ folder: String, _ out: String) -> Int32 {
    guard let files = SchemaFolder.files(in: folder) else {
      complain("openapi-gen: \(folder) cannot be read: \(String(cString: strerror(errno)))")
      return 2
    }
    guard !files.isEmpty else {
      complain("openapi-gen: there is no .json, .yaml or .yml file in \(folder)")
      return 2
    }
    return write(to: out) { () throws(SpecError) in try SchemaSetGenerator.generate(files: files) }
  }

  private static func write(
    to out: String, _ generate: () throws(SpecError) -> [SwiftGenerator.File]
  ) -> Int32 {
    do throws(SpecError) {
      let files = try generate()
      mkdir(out, 0o777)
      for file in files {
        guard OutputFile.write(file.content, to: "\(out)/\(file.name)") else {
          complain("openapi-gen: \(out)/\(file.name) cannot be written: \(String(cString: strerror(errno)))")
          return 2
        }
      }
      return 0
    } catch {
      for diagnostic in error.diagnostics { complain(diagnostic.description) }
      return 1
    }
  }

  static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
