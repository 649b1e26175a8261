import CTSpec
import Testing

/// Loads an OpenAPI description from memory; the main file is `api.yaml`.
func load(_ files: [String: String]) throws(SpecError) -> OpenAPIDocument {
  try SpecLoader.loadOpenAPI(file: "api.yaml", read: .memory(files))
}

/// The faults that loading gives, one line each.
func faults(_ files: [String: String]) -> [String] {
  do throws(SpecError) {
    _ = try load(files)
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

/// The faults that loading JSON Schemas gives, one line each.
func schemaFaults(_ files: [String: String]) -> [String] {
  do throws(SpecError) {
    _ = try SpecLoader.loadSchemas(files: files.keys.sorted(), read: .memory(files))
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

/// A description around some paths.
func api(paths: String, components: String = "") -> [String: String] {
  ["api.yaml": "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\npaths:\n\(paths)\n\(components)"]
}
