internal import CTJSON
internal import CTSpec

/// Parameters in the query, in the path and in fields, each at its boundaries and beyond them.
enum ContractParameters {
  static let valid = Check(
    "contract-parameter-valid", .contract, title: "Parameters are taken as far as their schemas reach",
    expects: "a status that is not 4xx, but for 404", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    try await eachCase(context) { operation, item in
      item.isValid && operation.isSafe && operation.path.parameterNames.isEmpty
    } judge: { seen, parameter, item, probe in
      // 404 says that nothing is there, and is a finding of its own where it is not declared.
      guard (400..<500).contains(seen.status), seen.status != 404 else { return }
      context.find(
        "\(parameter.name): \(item.keyword) is stricter than the schema", expected: item.label, seen: seen.summary,
        clause: context.spec.reference(parameter.location, "parameter \(parameter.name)"), by: [probe])
    }
  }

  static let invalid = Check(
    "contract-parameter-invalid", .contract, title: "Parameters beyond their schemas are refused",
    expects: "400 Bad Request with the parameter's name; in a path also 404", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    try await eachCase(context) { operation, item in
      !item.isValid && (operation.isSafe || operation.requestBody == nil && !operation.path.parameterNames.isEmpty)
    } judge: { seen, parameter, item, probe in
      let clause = context.spec.reference(parameter.location, "parameter \(parameter.name)")
      // What can be no name of a thing is the name of none.
      if parameter.placement == .path, seen.status == 404 { return }
      guard seen.status == 400 else {
        context.find(
          "\(parameter.name): \(item.keyword) is not enforced", expected: "400 Bad Request: \(item.label)",
          seen: seen.summary, clause: clause, by: [probe])
        return
      }
      let due = "/\(parameter.placement.rawValue)/\(parameter.name)"
      let pointers = seen.json?["errors"]?.elements?.compactMap { $0["pointer"]?.string?.lowercased() } ?? []
      if !pointers.contains(due.lowercased()) {
        context.find(
          "a refusal does not name the parameter \(parameter.name)", expected: due, seen: seen.summary, clause: clause,
          by: [probe])
      }
    }
  }

  private static func eachCase(
    _ context: CheckContext, _ isWanted: (Operation, ParameterCase) -> Bool,
    judge: (Observation, Parameter, ParameterCase, Probe) -> Void
  ) async throws(CannotRun) {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    for operation in context.spec.operations {
      guard operation.isSafe || !context.session.settings.readOnly else { continue }
      if sample.isSigned(operation), context.session.credentials.secret == nil { continue }
      let caller = context.callers.first { operation.admits(role: $0.role) }
      guard operation.admitsAnybody || caller != nil else {
        if !operation.parameters.isEmpty {
          context.unreached(operation, "parameters", why: "no token of the run is let in")
        }
        continue
      }
      for parameter in operation.parameters {
        let items = ParameterCase.all(for: parameter, in: context.spec).filter { isWanted(operation, $0) }
        let cases = items.compactMap { item -> (item: ParameterCase, probe: Probe)? in
          guard var probe = item.probe(operation, parameter, sample) else { return nil }
          if let caller { probe.token = .known(caller.name) }
          return (item, probe)
        }
        try await context.sendAll(cases.map { Planned($0.probe, to: operation) }) { (place, seen) throws(CannotRun) in
          // A status that is not declared has been found already.
          guard operation.response(for: seen.status) != nil else { return }
          judge(seen, parameter, cases[place].item, cases[place].probe)
        }
      }
    }
  }
}
