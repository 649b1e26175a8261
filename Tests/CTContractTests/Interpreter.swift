import CTJSON
import CTRuntime
import CTSpec
import Testing

/// The schemas in `spec/schemas` through the interpreting validator, to hold the compiled one against it.
enum Interpreter {
  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/spec/schemas"

  private static let index: SpecIndex = {
    let files = ["names", "recursion", "unions"].map { "\(folder)/\($0).schema.json" }
    do { return try SpecLoader.loadSchemas(files: files) } catch { preconditionFailure("\(error)") }
  }()

  private static func id(_ name: String) -> SchemaID { SchemaID(file: "\(folder)/\(name).schema.json", pointer: "") }

  static func properties(of name: String) -> [String] { index[id(name)].properties.map(\.name) }

  /// `keyword at pointer` for each violation.
  static func violations(_ json: String, of name: String) throws -> Set<String> {
    let instance = try JSONValue(parsing: Array(json.utf8))
    let found = SchemaValidator(index: index).validate(instance, against: id(name))
    return Set(found.map { "\($0.keyword) at \($0.pointer)" })
  }
}

extension JSONDecodable where Self: JSONEncodable & Hashable {
  /// Judges a text by the compiled code and by the interpreting validator, which have to agree, and has a value that it
  /// makes written and read again.
  static func judge(_ json: String, by name: String) throws -> Set<String> {
    let interpreted = try Interpreter.violations(json, of: name)
    do throws(JSONDecodingFault) {
      let value = try Self(json: Array(json.utf8))
      #expect(interpreted.isEmpty, "\(json)")
      #expect(try Self(json: value.json()) == value, "\(json)")
      return []
    } catch {
      guard case .violations(let violations) = error else { throw error }
      let compiled = violations.map { "\($0.keyword) at \($0.pointer)" }
      #expect(Set(compiled) == interpreted, "\(json)")
      #expect(Set(compiled).count == compiled.count, "\(json): said twice")
      return interpreted
    }
  }
}
