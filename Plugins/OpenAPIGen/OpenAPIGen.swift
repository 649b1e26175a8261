import Foundation
import PackagePlugin

/// Runs `openapi-gen generate` before a target is built: a spec goes in, Swift comes out.
///
/// The target has a folder (or a link to one) called `spec`. If there is an OpenAPI document in a folder `openapi` within
/// it (beside it there may be a `lint.yaml`), models, server and client are made of it and of the `*.schema.json` files;
/// else validators are made of all the
/// JSON Schemas. A folder of the target itself is looked at again whenever something in it is added or removed.
@main
struct OpenAPIGen: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "spec").resolvingSymlinksInPath()
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted()
    let documents = files.filter {
      $0.contains("openapi/") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix("/lint.yaml")
    }
    let schemas = files.filter { $0.hasSuffix(documents.isEmpty ? ".json" : ".schema.json") }
    let inputs = (documents + schemas).map { folder.appending(path: $0) }
    var arguments = ["generate", "--schemas", folder.path()]
    if let document = documents.first {
      guard documents.count == 1 else {
        Diagnostics.error("\(folder.path()): expected one OpenAPI document in a folder 'openapi', found \(documents)")
        return []
      }
      arguments = ["generate", "--spec", folder.appending(path: document).path()]
      arguments += inputs.dropFirst().flatMap { ["--schema", $0.path()] }
    }
    let output = context.pluginWorkDirectoryURL
    return [
      .buildCommand(
        displayName: "Generating Swift from \(documents.first ?? "\(schemas.count) schemas")",
        executable: try context.tool(named: "openapi-gen-build").url, arguments: arguments + ["--out", output.path()],
        inputFiles: inputs,
        outputFiles: (documents.isEmpty ? Self.checks : Self.api).map { output.appending(path: $0) })
    ]
  }

  // The files that `openapi-gen` writes, whatever the spec says.
  private static let api =
    (0..<8).map { "Schemas\($0).swift" } + (0..<4).map { "Operations\($0).swift" }
    + ["Checks.swift", "Constants.swift", "Responses.swift", "Server.swift", "Client.swift", "Document.swift"]
  private static let checks = (0..<8).map { "Checks\($0).swift" } + ["Constants.swift", "Registry.swift"]
}
