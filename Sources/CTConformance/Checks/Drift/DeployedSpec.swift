internal import CTJSON
internal import CTReview
internal import CTSpec

/// The deployment's own spec against this one, by meaning: with the rules by which two revisions are compared.
enum DeployedSpec {
  static let yaml = Check(
    "drift-deployed-spec", .drift, title: "The deployment serves this spec",
    expects: "/openapi.yaml, by meaning the same document", clause: .operation("GET", "/openapi.yaml")
  ) { context async throws(CannotRun) in try await compare(context, "/openapi.yaml") }

  static let json = Check(
    "drift-deployed-spec-json", .drift, title: "It serves the same as JSON",
    expects: "/openapi.json, by meaning the same document", clause: .operation("GET", "/openapi.json")
  ) { context async throws(CannotRun) in try await compare(context, "/openapi.json") }

  /// More are counted, and not shown.
  private static let maximumShown = 50

  private static func compare(_ context: CheckContext, _ path: String) async throws(CannotRun) {
    let probe = Probe("GET", path, label: "the deployed spec")
    guard let seen = try await context.send(probe, to: context.spec.operation("GET", path)) else { return }
    guard seen.status == 200 else {
      return context.find(
        "the deployed spec cannot be read", expected: "200 OK with a document", seen: seen.summary, by: [probe])
    }
    let deployed: OpenAPIDocument
    do throws(SpecError) {
      let name = "deployed\(path)"
      deployed = try SpecLoader.loadOpenAPI(
        file: name, read: .memory([name: String(decoding: seen.body, as: UTF8.self)]))
    } catch {
      return context.find(
        "the deployed spec is no OpenAPI document", expected: "OpenAPI 3.1",
        seen: error.diagnostics.first.map(\.description) ?? "nothing", by: [probe])
    }
    let changes = SpecDiff.changes(from: context.spec.document, to: deployed)
    for change in changes.prefix(maximumShown) {
      let text = change.operation.isEmpty ? change.message : "\(change.operation): \(change.message)"
      context.find(
        "the deployed spec differs: \(text)", expected: "as at \(change.old)",
        seen: "\(change.rule.id), \(change.rule.impact.rawValue), at \(change.new)",
        clause: context.spec.reference(change.old, change.rule.id), by: [probe])
    }
    context.saw(
      changes.isEmpty
        ? "\(deployed.info.title) \(deployed.info.version), by meaning the same" : "\(changes.count) differences")
  }
}
