internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// A text for a parameter.
struct ParameterCase {
  /// Nil leaves the parameter out.
  let text: String?
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
    var cases = texts.compactMap { text, keyword -> ParameterCase? in
      // A zero after the point is a whole number in JSON; how it is written in a query, no one says.
      if isNumber, text.contains(".") || text.contains("e") { return nil }
      guard canBeSent(text, as: parameter.placement) else { return nil }
      let readings = ScalarText(spec: spec).readings(of: text, as: parameter.schema)
      let isValid = readings.contains { spec.validator.validate($0, against: parameter.schema).isEmpty }
      if isValid && isOpaque(parameter) { return nil }
      return ParameterCase(
        text: text, keyword: keyword, label: "\(parameter.name), \(keyword): '\(text.prefix(40))'", isValid: isValid)
    }
    if parameter.required, parameter.placement != .path {
      cases.append(.init(text: nil, keyword: "required", label: "no \(parameter.name)", isValid: false))
    }
    return cases
  }

  /// Only the deployment knows which values there are: places in a list or in a log, and names of things.
  private static func isOpaque(_ parameter: Parameter) -> Bool {
    parameter.name == "cursor" || parameter.placement == .header || parameter.placement == .path
  }

  /// A field's value has no control characters and no white space around it (RFC 9110, section 5.5); a segment of a path
  /// is not empty, and no dots (RFC 3986, section 5.2.4).
  private static func canBeSent(_ text: String, as placement: Parameter.Location) -> Bool {
    switch placement {
    case .header:
      !text.isEmpty && text.utf8.allSatisfy { 0x20...0x7e ~= $0 } && text.first != " " && text.last != " "
    case .path: !text.isEmpty && text != "." && text != ".." && !text.contains("/")
    case .query: true
    case .cookie: false
    }
  }

  /// The request with the parameter set so; nil where the operation's other parameters cannot be.
  func probe(_ operation: Operation, _ parameter: Parameter, _ sample: SampleRequest) -> Probe? {
    guard var probe = sample.bare(operation, label: label) else { return nil }
    probe.keyword = keyword
    switch parameter.placement {
    case .query:
      let parts = probe.target.split(separator: "?", maxSplits: 1).map(String.init)
      var query = parts.dropFirst().first?.split(separator: "&").map(String.init) ?? []
      query.removeAll { $0.hasPrefix("\(parameter.name)=") }
      if let text { query.append("\(parameter.name)=\(PercentEncoding.encode(text.utf8))") }
      probe.target = query.isEmpty ? parts[0] : "\(parts[0])?\(query.joined(separator: "&"))"
    case .header: probe.setField(parameter.name, text)
    case .path:
      guard let text else { return nil }
      let tail = probe.target.split(separator: "?", maxSplits: 1).dropFirst().first.map { "?\($0)" } ?? ""
      guard let path = sample.path(of: operation, .unknown, replacing: [parameter.name: text]) else { return nil }
      probe.target = path + tail
    case .cookie: return nil
    }
    return probe
  }
}
