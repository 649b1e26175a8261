import CTConformance
import CTHTTP
import CTSpec
import Glibc
import Mutants
import Synchronization

/// One run of `ctconform` against one deployment.
struct Trial {
  struct Result {
    let fault: Fault?
    let exitCode: Int32
    let isCaught: Bool
    /// What `ctconform` printed.
    let output: String
    let milliseconds: Int
    /// Of the processor, the deployment's included.
    let processorMilliseconds: Int

    /// A row of the table.
    var row: String {
      guard let fault else { return "" }
      let due = fault.expected
      let cells = [(isCaught ? "caught" : "MISSED", 8), ("\(fault)", 30), (due.rule, 28), (due.clause, 38)]
      return cells.map { $0.0 + String(repeating: " ", count: max(1, $0.1 - $0.0.count)) }.joined()
        + "\(milliseconds) ms  \(processorMilliseconds) ms of the processor"
    }
  }

  let catalog: SpecCatalog
  let file: String
  let fault: Fault?

  /// Serves the deployment until standard input ends; the first line says where.
  func serve() async throws {
    let server = makeServer()
    Surroundings.process.output.write("http://\(try server.start())\n")
    var byte: UInt8 = 0
    while read(STDIN_FILENO, &byte, 1) > 0 {}
    await server.shutdown(grace: .zero)
  }

  private func makeServer() -> HTTPServer<TinyTower> {
    var configuration = HTTPServerConfiguration()
    configuration.loops = 1
    let tower = TinyTower(spec: catalog.document, secret: "secret", faults: fault.map { [$0] } ?? [])
    configuration.deadlines = tower.deadlines
    return HTTPServer(configuration: configuration, handler: tower)
  }

  func run() async throws -> Result {
    let server = makeServer()
    let start = ContinuousClock.now
    let before = Self.processorTime
    let (exitCode, output) = await judge("http://\(try server.start())")
    await server.shutdown(grace: .zero)
    return Result(
      fault: fault, exitCode: exitCode, isCaught: exitCode == 1 && names(output), output: output,
      milliseconds: Int((ContinuousClock.now - start).milliseconds),
      processorMilliseconds: Self.processorTime - before)
  }

  /// What this process has used, in milliseconds.
  private static var processorTime: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private func judge(_ url: String) async -> (Int32, String) {
    var arguments = ["run", "--url", url, "--spec", file, "--secret", "secret"]
    for name in TinyTower.names { arguments += ["--token-\(name)", TinyTower.token(of: name)] }
    arguments += ["--token-expired", TinyTower.expired] + (fault?.options ?? ["--slow-timeout", "2"])
    let text = Transcript()
    let output = TextOutput { text.add($0) }
    let catalog = catalog
    let surroundings = Surroundings(
      environment: { _ in nil }, output: output, errors: output, isTerminal: false,
      spec: { (_) throws(CannotRun) in catalog })
    return (await ConformCommand.run(arguments, in: surroundings), text.text)
  }

  /// Whether a finding names the rule and the clause that are broken.
  private func names(_ output: String) -> Bool {
    guard let due = fault?.expected else { return false }
    let lines = output.split(separator: "\n")
    return zip(lines, lines.dropFirst()).contains { finding, clause in
      finding.contains("[\(due.rule)]") && clause.contains("clause ") && clause.contains(due.clause)
    }
  }
}

/// What a command has printed.
private final class Transcript: Sendable {
  private let parts = Mutex("")
  var text: String { parts.withLock { $0 } }
  func add(_ part: String) { parts.withLock { $0 += part } }
}
