internal import CTJSON
package import CTSpec

/// Validators for any folder of JSON Schemas: one function for each file, found by the file's name.
package enum SchemaSetGenerator {
  /// The names of the files that are generated: they have to be known before anything is read.
  package static let fileNames = (0..<shards).map { "Checks\($0).swift" } + ["Constants.swift", "Registry.swift"]

  /// Several files, so that they compile side by side.
  private static let shards = 8

  /// - Parameters:
  ///   - files: the schemas, by the names under which they will be found.
  /// - Throws: every fault, located.
  package static func generate(
    files: [(name: String, path: String)], read reader: FileReader = .disk
  ) throws(SpecError) -> [SwiftGenerator.File] {
    let index = try SpecLoader.loadSchemas(files: files.map(\.path), read: reader)
    var diagnostics = Diagnostics()
    UnsupportedKeywords(index: index).check(&diagnostics)
    if diagnostics.hasErrors { throw SpecError(diagnostics.sorted) }
    var functions = CheckFunctions()
    let roots = files.map { ($0.name, SchemaID(file: $0.path, pointer: "")) }
    for (_, root) in roots { functions.add(root) }
    for id in RecursionFinder.referenceTargets(in: index) { functions.add(id) }
    let emitter = ValueEmitter(index: index, models: Models(), functions: functions.calls)
    let checks = (0..<shards).map { shard in
      let ids = functions.order.indices.filter { $0 % shards == shard }.map { functions.order[$0] }
      return SwiftFile.make(
        "Checks\(shard).swift", [.block("extension SchemaChecks", ids.map { functions.declaration(of: $0, emitter) })])
    }
    return checks + [try SwiftFile.constants(emitter.pool, at: files.first?.path ?? "."), registry(roots, functions)]
  }

  private static func registry(
    _ roots: [(name: String, id: SchemaID)], _ functions: CheckFunctions
  ) -> SwiftGenerator.File {
    let codes = code {
      Code.documentation("Functions made from schemas; each reads one value and notes what is wrong with it.")
      "enum SchemaChecks {}"
      Code.blank
      Code.documentation("The names under which the schemas are found.")
      Code.list("public let schemaNames: [String] = [", roots.map { literal($0.name) }, "]")
      Code.blank
      Code.documentation(
        "Checks a JSON text against the schema of that file name. A text that is not JSON, and a name that is not among "
          + "`schemaNames`, is a violation of its own.")
      block("public func validate(schema name: String, json: [UInt8]) -> [Violation]") {
        "switch name {"
        for (name, id) in roots { "case \(literal(name)): Violation.list(json, \(functions.calls[id]!))" }
        "default: Violation.unknownSchema"
        "}"
      }
    }
    return SwiftFile.make("Registry.swift", codes)
  }
}
