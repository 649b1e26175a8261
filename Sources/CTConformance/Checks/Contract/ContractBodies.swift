internal import CTJSON
internal import CTSpec

/// Bodies made from the schemas of all operations: each is shown valid or invalid by the interpreting validator before it
/// is sent.
enum ContractBodies {
  private static let needs = Check.Needs(writes: true)

  static let valid = Check(
    "contract-body-valid", .contract, title: "Everything that the schemas take is taken",
    expects: "202 Accepted for events; elsewhere, nothing against the body", clause: .requestBody("POST", "/events"),
    needs: needs
  ) { context async throws(CannotRun) in
    for (operation, _) in context.spec.bodies where !mayBeTried(operation, context.spec) {
      context.unreached(operation, "valid bodies", why: "the run changes nothing that others own")
    }
    try await BodyCases(context: context).each { item, sender in
      item.isValid && mayBeTried(sender.operation, context.spec)
    } judge: { seen, sent, sender in
      let isTaken = sender.isIntake ? seen.status == 202 : ![400, 413, 415, 422].contains(seen.status)
      if [401, 403].contains(seen.status) { return context.unanswered(seen, sent.probe, sender.operation) }
      guard !isTaken else { return }
      context.find(
        "\(sent.item.keyword) is stricter than the schema\(place(sender))",
        expected: sender.isIntake ? "202 Accepted: \(sent.item.label)" : "nothing against it: \(sent.item.label)",
        seen: seen.summary, clause: sent.clause, by: [sent.probe])
    }
  }

  static let invalid = Check(
    "contract-body-invalid", .contract, title: "Everything that the schemas do not take is refused",
    expects: "422 Unprocessable Content", clause: .requestBody("POST", "/events"), needs: needs
  ) { context async throws(CannotRun) in
    var unseen: Set<String> = []
    try await BodyCases(context: context).each { item, _ in
      !item.isValid
    } judge: { seen, sent, sender in
      context.session[note: repeatKey(sent)] = fingerprint(seen)
      // A thing that is not there may be looked for first.
      if seen.status == 404, !sender.isIntake, !sender.operation.path.parameterNames.isEmpty {
        if unseen.insert(sender.operation.name).inserted {
          context.unreached(sender.operation, "bodies", why: "it answers 404 before it looks at the body")
        }
        return
      }
      guard seen.status != 422 else { return }
      context.find(
        "\(sent.item.keyword) is not enforced\(place(sender))",
        expected: "422 Unprocessable Content: \(sent.item.label)", seen: seen.summary, clause: sent.clause,
        by: [sent.probe])
    }
  }

  static let violationsListed = Check(
    "contract-violations-listed", .contract,
    title: "A refusal lists every violation with its pointer, and each time the same",
    expects: "errors with the pointer and keyword of each", clause: .response("POST", "/events", 422), needs: needs
  ) { context async throws(CannotRun) in
    try await BodyCases(context: context).each { item, _ in
      !item.isValid
    } judge: { seen, sent, sender in
      if let first = context.session[note: repeatKey(sent)], first != fingerprint(seen) {
        context.find(
          "the same request is answered differently the second time", expected: first, seen: fingerprint(seen),
          by: [sent.probe, sent.probe])
      }
      guard seen.status == 422 else { return }
      let told = Set((seen.json?["errors"]?.elements ?? []).map { Mark($0) })
      let due = Set(sent.item.violations.map { Mark($0) })
      guard told != due, !isCut(told, due, seen, sender, context.spec) else { return }
      let gaps = due.subtracting(told).map(\.text).sorted().prefix(3).joined(separator: ", ")
      let extra = told.subtracting(due).map(\.text).sorted().prefix(3).joined(separator: ", ")
      context.find(
        "the violations that are listed are not those of the schema (\(sent.item.keyword))",
        expected: gaps.isEmpty ? "nothing more" : gaps, seen: extra.isEmpty ? "not listed" : extra, clause: sent.clause,
        by: [sent.probe])
    }
  }

  /// Valid bodies go to where they do nothing, or something that is the run's own.
  private static func mayBeTried(_ operation: Operation, _ spec: SpecCatalog) -> Bool {
    operation.name == "POST /events" || spec.namesUnlistedThing(operation)
  }

  /// Whether as many are listed as the answer's schema has room for.
  private static func isCut(
    _ told: Set<Mark>, _ due: Set<Mark>, _ seen: Observation, _ sender: Sender, _ spec: SpecCatalog
  ) -> Bool {
    let schema = sender.operation.response(for: seen.status)?.content.of(seen)?.schema
    let errors = schema.flatMap { spec.document.index.resolved($0).properties.first { $0.name == "errors" }?.schema }
    guard let most = errors.flatMap({ spec.document.index.resolved($0).maxItems }), due.count > most else {
      return false
    }
    return told.count == most && told.isSubset(of: due)
  }

  private static func place(_ sender: Sender) -> String { sender.isIntake ? "" : " by \(sender.operation.name)" }

  private static func repeatKey(_ sent: BodyCases.Sendable) -> String {
    "refused \(sent.probe.method) \(sent.probe.target) \(sent.number)"
  }

  /// What has to be the same when a request is repeated.
  private static func fingerprint(_ seen: Observation) -> String {
    let errors = (seen.json?["errors"]?.elements ?? []).map { Mark($0).text }.joined(separator: ", ")
    return "\(seen.status) \(errors)"
  }

  /// A violation by what is asked of a list of them.
  private struct Mark: Hashable {
    let text: String
    init(_ violation: SchemaViolation) { text = "'\(violation.pointer)' \(violation.keyword)" }
    init(_ told: JSONValue) { text = "'\(told["pointer"]?.string ?? "?")' \(told["keyword"]?.string ?? "?")" }
  }
}

extension SpecCatalog {
  /// Whether an operation's path names a thing of which the spec has no list, so that one can be named that is not there.
  /// PUT would make it.
  func namesUnlistedThing(_ operation: Operation) -> Bool {
    operation.method != "PUT"
      && operation.parameters.contains { parameter in
        parameter.placement == .path
          && Facets([parameter.schema], selecting: .null, in: document.index).values == nil
      }
  }
}
