internal import CTSpec

/// Requests with no token, or with something that is none.
enum AuthTokens {
  static let missing = Check(
    "auth-token-missing", .auth, title: "Without a token nobody is let in where one is needed",
    expects: "401 Unauthorized", clause: .pointer("/components/securitySchemes")
  ) { context async throws(CannotRun) in
    var sweep = Sweep()
    for operation in guarded(context) { try await expect401(context, operation, token: .none, "no token", &sweep) }
    sweep.report(to: context, words)
  }

  static let wrong = Check(
    "auth-token-wrong", .auth, title: "What is not a known token is refused, also where none is needed",
    expects: "401 Unauthorized", clause: .pointer("/components/securitySchemes")
  ) { context async throws(CannotRun) in
    var sweep = Sweep()
    for operation in context.spec.operations where !operation.security.isEmpty && allows(context, operation) {
      for (label, token) in wrongTokens(context, operation) {
        try await expect401(context, operation, token: token, label, &sweep)
      }
    }
    sweep.report(to: context, words)
  }

  static let expired = Check(
    "auth-token-expired", .auth, title: "A token that was valid once is refused", expects: "401 Unauthorized",
    clause: .pointer("/components/securitySchemes"), needs: .init(tokens: [Credential.expired])
  ) { context async throws(CannotRun) in
    var sweep = Sweep()
    for operation in context.spec.operations where !operation.security.isEmpty && allows(context, operation) {
      try await expect401(context, operation, token: .known(Credential.expired), "an expired token", &sweep)
    }
    sweep.report(to: context, words)
  }

  /// RFC 9110, section 11.1: the name of the scheme has no case.
  static let schemeCase = Check(
    "auth-scheme-case", .auth, severity: .warning, title: "The scheme's name is read in any case",
    expects: "bearer is taken like Bearer", clause: .pointer("/components/securitySchemes")
  ) { context async throws(CannotRun) in
    for operation in context.spec.operations where operation.isSafe && !operation.security.isEmpty {
      guard let caller = context.callers.first(where: { operation.admits(role: $0.role) }) else { continue }
      let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
      let label = "\(operation.name), lower-case scheme"
      guard var probe = sample.probe(for: operation, name: "case", label: label) else { continue }
      probe.token = .shaped(caller.name, before: "bearer ", after: "", cut: 0)
      guard let seen = try await context.send(probe, to: operation) else { continue }
      if seen.status == 401 {
        context.find(
          "a token after 'bearer' is refused", expected: "as after 'Bearer'", seen: seen.summary, by: [probe])
      }
    }
  }

  private static let words = Sweep.Words(
    everything: "no operation refuses what is no valid token", form: { "no operation refuses \($0)" },
    place: { "\($0) refuses nothing that is no valid token" })

  /// Operations that need a token, as far as the run may send to them.
  private static func guarded(_ context: CheckContext) -> [Operation] {
    context.spec.operations.filter { !$0.admitsAnybody && allows(context, $0) }
  }

  private static func allows(_ context: CheckContext, _ operation: Operation) -> Bool {
    operation.isSafe || !context.session.settings.readOnly && context.session.credentials.secret != nil
  }

  private static func wrongTokens(
    _ context: CheckContext, _ operation: Operation
  ) -> [(label: String, token: Probe.Token)] {
    var tokens: [(label: String, token: Probe.Token)] = [
      ("an unknown token", .literal("Bearer ctconform_unknown")), ("a scheme without a token", .literal("Bearer")),
      ("another scheme", .literal("Basic dXNlcjpwYXNzd29yZA==")), ("an empty field", .literal("")),
      ("a very long token", .literal("Bearer " + String(repeating: "a", count: 4000))),
    ]
    guard let name = context.callers.first(where: { operation.admits(role: $0.role) })?.name else { return tokens }
    tokens += [
      ("a token without its scheme", .shaped(name, before: "", after: "", cut: 0)),
      ("a token under another scheme", .shaped(name, before: "Token ", after: "", cut: 0)),
      ("a token and one character more", .shaped(name, before: "Bearer ", after: "x", cut: 0)),
      ("a token and one character less", .shaped(name, before: "Bearer ", after: "", cut: 1)),
      ("a token in quotes", .shaped(name, before: "Bearer '", after: "'", cut: 0)),
      ("two tokens", .shaped(name, before: "Bearer ctconform_unknown, Bearer ", after: "", cut: 0)),
    ]
    return tokens
  }

  private static func expect401(
    _ context: CheckContext, _ operation: Operation, token: Probe.Token, _ label: String, _ sweep: inout Sweep
  ) async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    guard var probe = sample.probe(for: operation, name: "refused_token", label: "\(operation.name), \(label)") else {
      return
    }
    probe.token = token
    guard let seen = try await context.send(probe, to: operation) else { return }
    let failure = Sweep.Failure(
      message: "\(operation.name) does not refuse \(label)", expected: "401 Unauthorized", seen: seen.summary,
      clause: context.spec.reference(.response(operation.method, operation.path.raw, 401))
        ?? context.spec.reference(.security(operation.method, operation.path.raw)), probe: probe)
    sweep.add(place: operation.name, form: label, seen.status == 401 ? nil : failure)
  }
}
