import Foundation
import PackagePlugin

/// Runs `openapi-gen` before a target is built: the OpenAPI document and the schemas go in, Swift comes out.
///
/// The target names what it is generated from by a folder (or a link to one) called `spec`, which holds the OpenAPI
/// document (beside it there may be a `lint.yaml`) and, in a `schemas` folder anywhere within it, the JSON Schemas. A
/// folder of the target itself is looked at again whenever something in it is added or removed.
@main
struct OpenAPIGen: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "spec").resolvingSymlinksInPath()
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted()
    let documents = files.filter {
      $0.contains("openapi/") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix("/lint.yaml")
    }
    guard let document = documents.first, documents.count == 1 else {
      Diagnostics.error(
        "\(folder.path()): expected one OpenAPI document in a folder 'openapi', found \(documents.count)")
      return []
    }
    let schemas = files.filter { $0.hasSuffix(".schema.json") }
    let output = context.pluginWorkDirectoryURL
    let inputs = ([document] + schemas).map { folder.appending(path: $0) }
    let options = inputs.dropFirst().flatMap { ["--schema", $0.path()] }
    return [
      .buildCommand(
        displayName: "Generating Swift from \(document)", executable: try context.tool(named: "openapi-gen").url,
        arguments: ["generate", "--spec", inputs[0].path()] + options + ["--out", output.path()],
        inputFiles: inputs, outputFiles: Self.outputs.map { output.appending(path: $0) })
    ]
  }

  /// The files that `openapi-gen` writes, whatever the spec says.
  private static let outputs = [
    "Schemas.swift", "Constants.swift", "Operations.swift", "Responses.swift", "Server.swift", "Client.swift",
    "Document.swift",
  ]
}
