internal import CTSpec

/// Writes the spec itself into the code, as one self-contained document, for the deployment to serve.
struct DocumentEmitter {
  let document: OpenAPIDocument

  func declarations() -> [Code] {
    let bundle = SpecBundler.bundle(document)
    let json = String(decoding: bundle.jsonText, as: UTF8.self)
    return code {
      Code.documentation("The spec that this code was generated from, with the files that it refers to.")
      block("public enum SpecDocument") {
        "public static let title = \(literal(document.info.title))"
        "public static let version = \(literal(document.info.version))"
        Code.documentation("As YAML.")
        "public static let yaml: StaticString = \(literal(YAMLWriter.write(bundle)))"
        Code.documentation("As JSON.")
        "public static let json: StaticString = \(literal(json))"
      }
    }
  }
}
