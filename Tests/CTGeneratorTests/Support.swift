import CTGenerator
import CTSpec
import Glibc

/// Generates from texts in memory.
func generate(_ yaml: String, schemas: [String: String] = [:]) throws(SpecError) -> [String: String] {
  var files = schemas
  files["api.yaml"] = yaml
  let generated = try SwiftGenerator.generate(
    openAPI: "api.yaml", schemas: schemas.keys.sorted(), read: .memory(files))
  return Dictionary(uniqueKeysWithValues: generated.map { ($0.name, $0.content) })
}

/// The faults of a spec, as they are printed.
func faults(_ yaml: String, schemas: [String: String] = [:]) -> [String] {
  do throws(SpecError) {
    _ = try generate(yaml, schemas: schemas)
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

/// A document with one operation, whose query parameter has this schema, written in YAML's flow style.
func document(parameter schema: String) -> String {
  """
  openapi: 3.1.0
  info: {title: Pet Shop, version: 1.0.0}
  paths:
    /pets:
      get:
        operationId: listPets
        parameters:
          - name: kind
            in: query
            schema: \(schema)
        responses:
          "204": {description: Nothing.}
  """
}

enum Golden {
  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Goldens"

  /// What was generated before; with `RECORD_GOLDENS` set it is written anew, and the test fails so that nobody forgets.
  static func expected(_ name: String, recording content: String) throws -> String? {
    let path = "\(folder)/\(name)"
    if getenv("RECORD_GOLDENS") != nil {
      let file = try open(path, "w")
      fputs(content, file)
      fclose(file)
      return nil
    }
    let file = try open(path, "r")
    defer { fclose(file) }
    var text: [UInt8] = []
    while case let byte = getc(file), byte != EOF { text.append(UInt8(byte)) }
    return String(decoding: text, as: UTF8.self)
  }

  private struct CannotOpen: Error { let path: String }

  private static func open(_ path: String, _ mode: String) throws -> UnsafeMutablePointer<FILE> {
    guard let file = fopen(path, mode) else { throw CannotOpen(path: path) }
    return file
  }
}
