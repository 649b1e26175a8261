internal import CTJSON

/// SARIF 2.1.0, which code hosts show beside the lines of the spec.
enum SARIFReport {
  static func render(_ record: RunRecord) -> String {
    let findings = record.summary?.findings ?? []
    let run = JSONValue.object([
      .init(key: "tool", value: tool(findings)),
      .init(
        key: "invocations",
        value: .array([
          .object([.init(key: "executionSuccessful", value: .bool(record.summary?.abortedBy == nil))])
        ])), .init(key: "results", value: .array(findings.map(result))),
    ])
    let log = JSONValue.object([
      .init(key: "$schema", value: .string("https://json.schemastore.org/sarif-2.1.0.json")),
      .init(key: "version", value: .string("2.1.0")), .init(key: "runs", value: .array([run])),
    ])
    return String(decoding: JSONWriter.write(log, .pretty), as: UTF8.self)
  }

  private static func tool(_ findings: [FindingLedger.Entry]) -> JSONValue {
    let titles = Catalog.checks.map { ($0.id, $0.title) } + Check.responseRules.map { ($0.id, $0.title) }
    let used = Set(findings.map(\.finding.check))
    let rules = titles.filter { used.contains($0.0) }.map { id, title in
      JSONValue.object([
        .init(key: "id", value: .string(id)), .init(key: "shortDescription", value: message(title)),
      ])
    }
    let driver = JSONValue.object([
      .init(key: "name", value: .string("ctconform")), .init(key: "rules", value: .array(rules)),
    ])
    return .object([.init(key: "driver", value: driver)])
  }

  private static func message(_ text: String) -> JSONValue { .object([.init(key: "text", value: .string(text))]) }

  private static func result(_ entry: FindingLedger.Entry) -> JSONValue {
    let finding = entry.finding
    let place = JSONValue.object([
      .init(
        key: "artifactLocation",
        value: .object([.init(key: "uri", value: .string(ReportFile.hosted(finding.clause.file)))])),
      .init(key: "region", value: .object([.init(key: "startLine", value: .number(JSONNumber(finding.clause.line)))])),
    ])
    let text = "\(finding.message). Expected: \(finding.expected). Seen: \(finding.seen).\n\n\(finding.reproduction)"
    return .object([
      .init(key: "ruleId", value: .string(finding.check)),
      .init(key: "level", value: .string(finding.severity.rawValue)),
      .init(key: "message", value: message(text)),
      .init(key: "locations", value: .array([.object([.init(key: "physicalLocation", value: place)])])),
      .init(key: "occurrenceCount", value: .number(JSONNumber(entry.count))),
    ])
  }
}
