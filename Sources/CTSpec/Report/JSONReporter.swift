package import CTJSON

/// One JSON object: the command, the counts, and every finding with its places.
enum JSONReporter {
  static func render(_ report: Report) -> [UInt8] { JSONWriter.write(value(report), .pretty) }

  private static func value(_ report: Report) -> JSONValue {
    let counts = Diagnostic.Severity.allCases.map { ($0.rawValue, JSONValue.number(JSONNumber(report.count($0)))) }
    return .fields([
      ("tool", .string("openapi-gen")),
      ("command", .string(report.command)),
      ("couldRun", .bool(report.couldRun)),
      ("counts", .fields(counts)),
      ("findings", .array(report.findings.map(value))),
    ])
  }

  private static func value(_ finding: Finding) -> JSONValue {
    let found = finding.diagnostic
    var fields: [(String, JSONValue)] = [
      ("rule", .string(found.id)), ("severity", .string(found.severity.rawValue)),
      ("message", .string(found.message)),
    ]
    if let suggestion = found.suggestion { fields.append(("suggestion", .string(suggestion))) }
    if let clause = Clauses.of(found.id) { fields.append(("clause", .string(clause))) }
    fields += finding.facts.map { ($0.name, .string($0.value)) }
    fields.append(("location", value(found.location)))
    if !finding.related.isEmpty {
      let related = finding.related.map {
        JSONValue.fields([("message", .string($0.message)), ("location", value($0.location))])
      }
      fields.append(("related", .array(related)))
    }
    return .fields(fields)
  }

  private static func value(_ location: SourceLocation) -> JSONValue {
    .fields([
      ("file", .string(location.file)), ("line", .number(JSONNumber(location.line))),
      ("column", .number(JSONNumber(location.column))),
    ])
  }
}

extension JSONValue {
  /// An object with these members, in this order.
  package static func fields(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member(key: $0.0, value: $0.1) })
  }
}
