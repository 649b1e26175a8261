internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// Query parameters, each at its boundaries and beyond them.
enum ContractParameters {
  static let valid = Check(
    "contract-parameter-valid", .contract, title: "Parameters are taken as far as their schemas reach",
    expects: "a status that is not 4xx", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    try await eachCase(context) {
      $0.isValid
    } judge: { seen, parameter, item, probe in
      guard (400..<500).contains(seen.status) else { return }
      context.find(
        "\(parameter.name): \(item.keyword) is stricter than the schema", expected: item.label, seen: seen.summary,
        clause: context.spec.reference(parameter.location, "parameter \(parameter.name)"), by: [probe])
    }
  }

  static let invalid = Check(
    "contract-parameter-invalid", .contract, title: "Parameters beyond their schemas are refused",
    expects: "400 Bad Request with the parameter's name", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    try await eachCase(context) {
      !$0.isValid
    } judge: { seen, parameter, item, probe in
      let clause = context.spec.reference(parameter.location, "parameter \(parameter.name)")
      guard seen.status == 400 else {
        context.find(
          "\(parameter.name): \(item.keyword) is not enforced", expected: "400 Bad Request: \(item.label)",
          seen: seen.summary, clause: clause, by: [probe])
        return
      }
      let pointers = seen.json?["errors"]?.elements?.compactMap { $0["pointer"]?.string } ?? []
      if !pointers.contains("/query/\(parameter.name)") {
        context.find(
          "a refusal does not name the parameter \(parameter.name)", expected: "/query/\(parameter.name)",
          seen: seen.summary, clause: clause, by: [probe])
      }
    }
  }

  private static func eachCase(
    _ context: CheckContext, _ isWanted: (ParameterCase) -> Bool,
    judge: (Observation, Parameter, ParameterCase, Probe) -> Void
  ) async throws(CannotRun) {
    for operation in context.spec.operations where operation.isSafe && operation.path.parameterNames.isEmpty {
      let caller = context.callers.first { operation.admits(role: $0.role) }
      guard operation.admitsAnybody || caller != nil else { continue }
      for parameter in operation.parameters where parameter.placement == .query {
        for item in ParameterCase.all(for: parameter, in: context.spec) where isWanted(item) {
          let query = "\(parameter.name)=\(PercentEncoding.encode(item.text.utf8))"
          var probe = Probe("GET", "\(operation.path.raw)?\(query)", label: item.label, keyword: item.keyword)
          if let caller { probe.token = .known(caller.name) }
          guard let seen = try await context.send(probe, to: operation) else { continue }
          // A status that is not declared has been found already.
          guard operation.response(for: seen.status) != nil else { continue }
          judge(seen, parameter, item, probe)
        }
      }
    }
  }
}

/// A text for a parameter.
struct ParameterCase {
  let text: String
  let keyword: String
  let label: String
  let isValid: Bool

  /// Each is judged by the interpreting validator; what a deployment alone can know (a cursor) has no valid case.
  static func all(for parameter: Parameter, in spec: SpecCatalog) -> [ParameterCase] {
    let index = spec.document.index
    let sample =
      parameter.examples.first?.value.jsonValue ?? SampleMaker(index: index).value([parameter.schema], .maximal)
    guard let sample else { return [] }
    let facets = Facets([parameter.schema], selecting: sample, in: index)
    let isNumber = facets.types.map { $0.contains(.integer) || $0.contains(.number) } ?? false
    var texts = Variations(facets: facets, index: index).all(of: sample).compactMap { variation in
      (variation.value.string ?? variation.value.number?.lexeme).map { ($0, variation.keyword) }
    }
    texts += (facets.values ?? []).compactMap(\.string).map { ($0, "enum") }
    if isNumber { texts += ["", "x", "1e3x", "٣", "0x10", " 1"].map { ($0, "type") } }
    let isOpaque = parameter.name == "cursor"
    return texts.compactMap { text, keyword in
      // A zero after the point is a whole number in JSON; how it is written in a query, no one says.
      if isNumber, text.contains(".") || text.contains("e") { return nil }
      let readings = ScalarText(spec: spec).readings(of: text, as: parameter.schema)
      let isValid = readings.contains { spec.validator.validate($0, against: parameter.schema).isEmpty }
      if isValid && isOpaque { return nil }
      return ParameterCase(
        text: text, keyword: keyword, label: "\(parameter.name), \(keyword): '\(text.prefix(40))'", isValid: isValid)
    }
  }
}
