internal import CTSpec

/// Every role on every operation.
enum AuthRoles {
  static let reading = Check(
    "auth-roles-read", .auth, title: "Each role may read what the spec lets it read, and nothing else",
    expects: "a role that is listed is let in, another is answered 403", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    try await matrix(context, context.spec.operations.filter(\.isSafe))
  }

  static let writing = Check(
    "auth-roles-write", .auth, title: "Each role may write what the spec lets it write, and nothing else",
    expects: "a role that is listed is let in, another is answered 403", clause: .pointer("/paths"),
    needs: .init(secret: true, writes: true)
  ) { context async throws(CannotRun) in
    try await matrix(context, context.spec.operations.filter { !$0.isSafe })
  }

  private static func matrix(_ context: CheckContext, _ operations: [Operation]) async throws(CannotRun) {
    let callers = context.callers
    guard !callers.isEmpty else { return context.skip(.missing(["a token"])) }
    var open = Sweep()
    for operation in operations where !operation.security.isEmpty {
      // What takes nothing and names nothing does what it does for whoever is let in: only the others are sent there.
      let isHarmless = SampleRequest.isHarmless(operation)
      if !isHarmless { context.unreached(operation, "roles that are let in", why: "it would be done") }
      for caller in callers where isHarmless || !operation.admits(role: caller.role) {
        try await judge(context, operation, caller, &open)
      }
    }
    open.report(
      to: context,
      .init(
        everything: "no role is kept out of anything", form: { "\($0) is kept out of nothing" },
        place: { "nobody is kept out of \($0)" }))
    context.saw("\(callers.count) tokens on \(operations.count) operations")
  }

  private static func judge(
    _ context: CheckContext, _ operation: Operation, _ caller: (name: String, role: String), _ open: inout Sweep
  ) async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    let source = caller.role == "producer" ? caller.name : SmokeEvent.source
    let made = sample.probe(
      for: operation, name: "role_\(caller.name)", label: "\(operation.name) as \(caller.name)", source: source)
    guard var probe = made else { return }
    probe.token = .known(caller.name)
    guard let seen = try await context.send(probe, to: operation) else { return }
    let clause = context.spec.reference(.security(operation.method, operation.path.raw))
    let isAdmitted = operation.admits(role: caller.role) || operation.admitsAnybody
    if isAdmitted, seen.status == 401 || seen.status == 403 {
      context.find(
        "\(caller.role) is kept out of \(operation.name)", expected: "the role is let in", seen: seen.summary,
        clause: clause, by: [probe])
    }
    guard !isAdmitted else { return }
    let failure = Sweep.Failure(
      message: "\(caller.role) is not kept out of \(operation.name)", expected: "403 Forbidden", seen: seen.summary,
      clause: clause, probe: probe)
    open.add(place: operation.name, form: caller.role, seen.status == 403 ? nil : failure)
  }
}
