package import CTSpec

/// What came of judging a document by a configuration, both read from files.
package struct LintOutcome: Sendable {
  /// What is found in the document, with its schemas; only faults if the configuration has some.
  package let ofDocument: [Diagnostic]
  /// The faults of the configuration, which say nothing of the document.
  package let ofConfiguration: [Diagnostic]

  package init(file: String, schemas: [String] = [], configuration: String?, read reader: FileReader = .disk) {
    var rules: LintConfiguration? = LintConfiguration()
    var faults: [Diagnostic] = []
    do throws(SpecError) {
      if let configuration { rules = try LintConfiguration.load(file: configuration, read: reader) }
    } catch {
      (rules, faults) = (nil, error.diagnostics)
    }
    ofConfiguration = faults
    do throws(SpecError) {
      let document = try SpecLoader.loadOpenAPI(file: file, schemas: schemas, read: reader)
      ofDocument = rules.map { Lint.check(document, $0) } ?? []
    } catch {
      ofDocument = error.diagnostics
    }
  }
}
