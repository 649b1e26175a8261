import CTConformance
import CTHTTP
import CTSpec
import Glibc
import Mutants
import Synchronization

/// What `ctconform` did.
struct Verdict {
  let exitCode: Int32
  let output: String
  let errors: String
}

/// The specification of this repository.
enum Specification {
  static let file = {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(folder)/docs/design/openapi/control_tower.yaml"
  }()

  /// Read once: it does not change, and reading it costs more than most runs.
  private static let catalog = Result { SpecCatalog(try SpecLoader.loadOpenAPI(file: file)) }

  static func load() throws -> OpenAPIDocument { try catalog.get().document }

  /// As `ctconform` reads a spec.
  static func read(_ name: String) throws(CannotRun) -> SpecCatalog {
    if name == file, case .success(let catalog) = catalog { return catalog }
    return try SpecCatalog.load(name)
  }
}

/// Runs `ctconform` in the process, with an environment of its own.
func ctconform(_ arguments: [String], environment: [String: String] = [:]) async -> Verdict {
  let texts = Texts()
  let surroundings = Surroundings(
    environment: { environment[$0] }, output: TextOutput { texts.add(output: $0) },
    errors: TextOutput { texts.add(errors: $0) }, isTerminal: false, spec: Specification.read)
  let code = await ConformCommand.run(arguments, in: surroundings)
  return Verdict(exitCode: code, output: texts.output, errors: texts.errors)
}

private final class Texts: Sendable {
  private let texts = Mutex((output: "", errors: ""))
  var output: String { texts.withLock { $0.output } }
  var errors: String { texts.withLock { $0.errors } }
  func add(output: String) { texts.withLock { $0.output += output } }
  func add(errors: String) { texts.withLock { $0.errors += errors } }
}

/// A deployment for the length of `body`, which gets the options that lead to it.
func withDeployment<Result: Sendable>(
  _ faults: Set<Fault> = [], tokens: [String] = ["finance", "maintainer"], _ body: ([String]) async throws -> Result
) async throws -> Result {
  let tower = TinyTower(spec: try Specification.load(), secret: "secret", faults: faults)
  return try await withDeployment(tower, tokens: tokens, body)
}

/// A deployment for the length of `body`, which gets the options that lead to it. There are never more of them than the
/// machine can serve: what waits for a processor would look like a deployment that does not answer.
func withDeployment<Result: Sendable>(
  _ tower: TinyTower, tokens: [String], _ body: ([String]) async throws -> Result
) async throws -> Result {
  try await Turnstile.deployments.pass { try await serve(tower, tokens: tokens, body) }
}

private func serve<Result: Sendable>(
  _ tower: TinyTower, tokens: [String], _ body: ([String]) async throws -> Result
) async throws -> Result {
  var configuration = HTTPServerConfiguration()
  configuration.loops = 1
  configuration.deadlines = tower.deadlines
  let server = HTTPServer(configuration: configuration, handler: tower)
  let address = try server.start()
  var options = ["--url", "http://\(address)", "--spec", Specification.file, "--secret", "secret"]
  for name in tokens { options += ["--token-\(name)", TinyTower.token(of: name)] }
  do {
    let result = try await body(options)
    await server.shutdown(grace: .zero)
    return result
  } catch {
    await server.shutdown(grace: .zero)
    throw error
  }
}
