import CTSpec

/// Loads an OpenAPI description from memory; the main file is `api.yaml`.
func load(_ files: [String: String]) throws(SpecError) -> OpenAPIDocument {
  try SpecLoader.loadOpenAPI(file: "api.yaml", read: .memory(files))
}

/// A description around some paths.
func api(paths: String, components: String = "") -> [String: String] {
  ["api.yaml": "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths:\n\(paths)\n\(components)"]
}
