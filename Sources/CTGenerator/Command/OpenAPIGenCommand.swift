internal import CTSpec
internal import Glibc

/// The command line of `openapi-gen`.
package enum OpenAPIGenCommand {
  private static let usage = """
    openapi-gen: Swift from an OpenAPI 3.1 document and JSON Schemas.

    usage: openapi-gen generate --spec FILE [--schema FILE]... --out DIR

      --spec FILE     the OpenAPI document (YAML or JSON)
      --schema FILE   a JSON Schema that belongs to it, whether the document refers to it or not
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
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else {
        complain("openapi-gen: \(option) needs a value")
        return 2
      }
      switch option {
      case "--spec": spec = value
      case "--schema": schemas.append(value)
      case "--out": out = value
      default:
        complain("openapi-gen: there is no option '\(option)'; see openapi-gen --help")
        return 2
      }
    }
    guard let spec, let out else {
      complain("openapi-gen: --spec and --out are needed; see openapi-gen --help")
      return 2
    }
    return write(spec, schemas, out)
  }

  private static func write(_ spec: String, _ schemas: [String], _ out: String) -> Int32 {
    do throws(SpecError) {
      for file in try SwiftGenerator.generate(openAPI: spec, schemas: schemas.sorted()) {
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
