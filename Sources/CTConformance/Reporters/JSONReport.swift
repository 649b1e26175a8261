internal import CTJSON

/// Everything, for other programs. Times are left out, so that two runs of one name can be compared.
enum JSONReport {
  static func render(_ record: RunRecord) -> String {
    let summary = record.summary
    var members: [JSONValue.Member] = []
    if let run = record.run {
      members += [
        .init(key: "url", value: .string(run.url)), .init(key: "spec", value: .string(run.specFile)),
        .init(key: "specVersion", value: .string(run.specVersion)), .init(key: "run", value: .string(run.runID)),
      ]
    }
    members += [
      .init(key: "exitCode", value: .number(JSONNumber(summary?.exitCode ?? 2))),
      .init(key: "requests", value: .number(JSONNumber(summary?.cases ?? 0))),
      .init(key: "checks", value: .array(record.results.map(check))),
      .init(key: "findings", value: .array((summary?.findings ?? []).map(finding))),
      .init(key: "coverage", value: .array(record.coverage.rows.map(row))),
      .init(key: "notReached", value: .array(record.coverage.gaps.map(gap))),
    ]
    if let reason = summary?.abortedBy {
      members.append(.init(key: "couldNotRun", value: .string("\(reason)")))
    }
    return String(decoding: JSONWriter.write(.object(members), .pretty), as: UTF8.self)
  }

  private static func check(_ result: CheckResult) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "id", value: .string(result.check.id)),
      .init(key: "suite", value: .string(result.check.suite.rawValue)),
      .init(key: "title", value: .string(result.check.title)),
    ]
    switch result.outcome {
    case .passed: members.append(.init(key: "outcome", value: .string("passed")))
    case .failed(let count):
      members.append(.init(key: "outcome", value: .string("failed")))
      members.append(.init(key: "findings", value: .number(JSONNumber(count))))
    case .skipped(let reason):
      members.append(.init(key: "outcome", value: .string("skipped")))
      members.append(.init(key: "reason", value: .string("\(reason)")))
    }
    members.append(.init(key: "requests", value: .number(JSONNumber(result.cases))))
    return .object(members)
  }

  private static func finding(_ entry: FindingLedger.Entry) -> JSONValue {
    let finding = entry.finding
    return .object([
      .init(key: "check", value: .string(finding.check)), .init(key: "metBy", value: .string(finding.metBy)),
      .init(key: "severity", value: .string(finding.severity.rawValue)),
      .init(key: "message", value: .string(finding.message)), .init(key: "file", value: .string(finding.clause.file)),
      .init(key: "line", value: .number(JSONNumber(finding.clause.line))),
      .init(key: "clause", value: .string(finding.clause.text)),
      .init(key: "expected", value: .string(finding.expected)),
      .init(key: "seen", value: .string(finding.seen)), .init(key: "count", value: .number(JSONNumber(entry.count))),
      .init(key: "reproduction", value: .string(finding.reproduction)),
    ])
  }

  private static func gap(_ gap: CoverageGap) -> JSONValue {
    .object([
      .init(key: "operation", value: .string(gap.operation)), .init(key: "what", value: .string(gap.what)),
      .init(key: "why", value: .string(gap.why)),
    ])
  }

  private static func row(_ row: (key: Coverage.Key, count: Int)) -> JSONValue {
    .object([
      .init(key: "operation", value: .string(row.key.operation)),
      .init(key: "status", value: .number(JSONNumber(row.key.status))),
      .init(key: "keyword", value: row.key.keyword.isEmpty ? .null : .string(row.key.keyword)),
      .init(key: "requests", value: .number(JSONNumber(row.count))),
    ])
  }
}
