internal import CTJSON
internal import CTSpec

/// Paths and methods: those of the spec are there, and no others.
enum ContractPaths {
  static let reading = Check(
    "contract-read", .contract, title: "Every operation that reads answers as declared", expects: "a success",
    clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    for operation in context.spec.operations where operation.isSafe {
      guard let probe = probe(context, operation, operation.name),
        let seen = try await context.send(probe, to: operation)
      else { continue }
      if !(200..<300).contains(seen.status), operation.path.parameterNames.isEmpty {
        context.find(
          "\(operation.name) does not succeed", expected: "2xx", seen: seen.summary,
          clause: context.spec.reference(operation.location, operation.name), by: [probe])
      }
    }
  }

  static let head = Check(
    "contract-head", .contract, title: "HEAD is answered wherever GET is", expects: "GET's status, without a body",
    clause: .pointer("/info/description")
  ) { context async throws(CannotRun) in
    for operation in context.spec.operations where operation.method == "GET" {
      guard let get = probe(context, operation, operation.name) else { continue }
      var head = get
      head.method = "HEAD"
      head.label = "HEAD \(operation.path.raw)"
      guard let expected = try await context.send(get, to: operation),
        let seen = try await context.send(head, to: operation), seen.status != expected.status
      else { continue }
      context.find(
        "HEAD \(operation.path.raw) is not answered like GET", expected: expected.statusLine, seen: seen.statusLine,
        by: [get, head])
    }
  }

  static let otherMethods = Check(
    "contract-other-methods", .contract, title: "A method that a path has not is refused",
    expects: "405 Method Not Allowed, with Allow", clause: .pointer("/components/responses/MethodNotAllowed")
  ) { context async throws(CannotRun) in
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    for path in paths(context) {
      let operations = context.spec.operations.filter { $0.path.raw == path }
      guard let target = operations.first.flatMap({ sample.path(of: $0, .unknown) }) else { continue }
      let known = operations.map(\.method)
      let methods = context.session.settings.readOnly ? ["GET", "OPTIONS"] : Self.methods
      for method in methods where !known.contains(method) && !context.spec.hasLiteral(method, target) {
        var probe = Probe(method, target, label: "\(method) \(path)")
        if let name = context.callers.first?.name { probe.token = .known(name) }
        if ["PUT", "PATCH", "POST"].contains(method) {
          probe.fields = [("Content-Type", "application/json")]
          probe.body = Array("{}".utf8)
        }
        guard let seen = try await context.send(probe, to: nil) else { continue }
        judge(context, seen, probe, path, known)
      }
    }
  }

  private static let methods = ["PUT", "PATCH", "DELETE", "POST", "GET", "OPTIONS", "PROPFIND"]

  private static func judge(
    _ context: CheckContext, _ seen: Observation, _ probe: Probe, _ path: String, _ known: [String]
  ) {
    guard seen.status == 405 else {
      context.find(
        "\(path) has a method that is not declared", expected: "405 for \(probe.method)", seen: seen.summary,
        by: [probe])
      return
    }
    let told = Set((seen.field("Allow") ?? "").split(separator: ",").map { $0.filter { $0 != " " } })
    let due = Set(known + (known.contains("GET") ? ["HEAD"] : []))
    if told.subtracting(["OPTIONS"]) != due {
      // Not by path: who forgets it in one place forgets it in all.
      context.find(
        told.isEmpty ? "a 405 has no Allow" : "Allow does not say which methods a path has",
        expected: "\(due.sorted().joined(separator: ", ")) for \(path)", seen: seen.field("Allow") ?? "no Allow",
        clause: context.spec.reference(.pointer("/components/responses/MethodNotAllowed/headers/Allow")), by: [probe])
    }
    judgeProblem(context, seen, probe)
  }

  static let unknownPaths = Check(
    "contract-unknown-paths", .contract, title: "There is nothing at other paths", expects: "404 Not Found",
    clause: .pointer("/components/responses/NotFound")
  ) { context async throws(CannotRun) in
    for path in commonPaths where !context.spec.hasPath(path) {
      var probe = Probe("GET", path, label: path)
      if let name = context.callers.first?.name { probe.token = .known(name) }
      guard let seen = try await context.send(probe, to: nil) else { continue }
      if seen.status != 404 {
        context.find(
          "there is something at \(path)", expected: "404 Not Found", seen: seen.summary, by: [probe])
      } else {
        judgeProblem(context, seen, probe)
      }
    }
  }

  /// Where servers and frameworks like to have something, and near misses of paths that are there.
  private static let commonPaths = [
    "/ctconform-nothing", "/events/", "/Events", "/events/ctconform_nothing/x", "//events", "/health/x", "/v1/events",
    "/admin", "/debug", "/debug/pprof/", "/metrics", "/actuator", "/actuator/env", "/server-status", "/status",
    "/healthz", "/version", "/info", "/config", "/env", "/internal", "/console", "/graphql", "/docs", "/redoc", "/ui",
    "/swagger.json", "/swagger-ui.html", "/api-docs", "/openapi", "/.env", "/.git/config", "/.well-known/openapi.json",
    "/tokens", "/secrets", "/users", "/login", "/backup", "/dump", "/test", "/echo", "/trace", "/events.json",
    "/events/1", "/system", "/events/%2e%2e/health", "/%2fevents",
  ]

  /// An answer that belongs to no operation is a problem document all the same.
  private static func judgeProblem(_ context: CheckContext, _ seen: Observation, _ probe: Probe) {
    let clause = context.spec.reference(.pointer("/components/schemas/Problem"))
    guard seen.mediaType == "application/problem+json", let value = seen.json else {
      context.find(
        "a \(seen.status) is no problem document", expected: "application/problem+json",
        seen: seen.field("Content-Type") ?? "no Content-Type", clause: clause, by: [probe])
      return
    }
    let schema = context.spec.document.componentSchemas.first { $0.name == "Problem" }?.schema
    guard let schema, let first = context.spec.validator.validate(value, against: schema).first else { return }
    context.find(
      "a \(seen.status) breaks \(first.keyword) of the problem's schema", expected: first.detail, seen: seen.summary,
      clause: clause, by: [probe])
  }

  static func paths(_ context: CheckContext) -> [String] {
    context.spec.operations.map(\.path.raw).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func probe(_ context: CheckContext, _ operation: Operation, _ label: String) -> Probe? {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    guard var probe = sample.probe(for: operation, name: "read", label: label) else { return nil }
    if let caller = context.callers.first(where: { operation.admits(role: $0.role) }) {
      probe.token = .known(caller.name)
    }
    if case .none = probe.token, !operation.admitsAnybody { return nil }
    return probe
  }
}
