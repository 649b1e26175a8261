internal import CTJSON
package import CTSpec

/// Validators for any folder of JSON Schemas: one function for each file, found by the file's name.
package enum SchemaSetGenerator {
  /// The names of the files that are generated: they have to be known before anything is read.
  package static let fileNames = Shards.checks.fileNames + ["Constants.swift", "Registry.swift"]

  /// - Parameters:
  ///   - files: the schemas, by the names under which they will be found.
  /// - Throws: every fault, located.
  package static func generate(
    files: [(name: String, path: String)], read reader: FileReader = .disk
  ) throws(SpecError) -> [SwiftGenerator.File] {
    let index = try SpecLoader.loadSchemas(files: files.map(\.path), read: reader)
    var diagnostics = Diagnostics()
    UnsupportedKeywords(index: index).check(&diagnostics)
    guard CombinationLimit.check(index, &diagnostics), !diagnostics.hasErrors else {
      throw SpecError(diagnostics.sorted)
    }
    let emitter = ValueEmitter(.init(index: index, models: Models()))
    let roots = files.map { ($0.name, emitter.requests.functions.call([SchemaID(file: $0.path, pointer: "")])) }
    let declarations = CheckFunctions.declarations(emitter).map { unit in
      (name: unit.name, codes: [Code.block("extension SchemaChecks", unit.codes)])
    }
    let checks = Shards.checks.contents(declarations).mapInParallel { SwiftFile.make($0, $1) }
    let tables = ConstantsEmitter(emitter.requests.pool, index: index).declarations()
    let constants = SwiftFile.make("Constants.swift", tables)
    return checks + [constants, registry(roots)]
  }

  private static func registry(_ roots: [(name: String, call: String)]) -> SwiftGenerator.File {
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
        for (name, call) in roots { "case \(literal(name)): Violation.list(json, \(call))" }
        "default: Violation.unknownSchema"
        "}"
      }
    }
    return SwiftFile.make("Registry.swift", codes)
  }
}
