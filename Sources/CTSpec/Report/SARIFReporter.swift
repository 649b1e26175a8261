import CTJSON

/// The Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020; section numbers are of errata 01).
enum SARIFReporter {
  static func render(_ report: Report) -> [UInt8] {
    let log = JSONValue.fields([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      ("runs", .array([run(report)])),
    ])
    return JSONWriter.write(log, .pretty)
  }

  private static func run(_ report: Report) -> JSONValue {
    let rules = rules(report)
    let indexes = Dictionary(rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let driver = JSONValue.fields([("name", .string("openapi-gen")), ("rules", .array(rules.map(rule)))])
    return .fields([
      ("tool", .fields([("driver", driver)])),
      ("automationDetails", .fields([("id", .string("openapi-gen/\(report.command)/"))])),
      ("invocations", .array([.fields([("executionSuccessful", .bool(report.couldRun))])])),
      // Columns count code points, as in SourceLocation (section 3.14.17).
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(report.findings.map { result($0, indexes) })),
    ])
  }

  /// The described rules, then those that only findings name.
  private static func rules(_ report: Report) -> [RuleDescription] {
    var known = Set(report.rules.map(\.id))
    let others = report.findings.map(\.diagnostic).filter { known.insert($0.id).inserted }
    return report.rules + others.map { RuleDescription(id: $0.id, severity: $0.severity, summary: "", reason: "") }
  }

  private static func rule(_ rule: RuleDescription) -> JSONValue {
    var fields: [(String, JSONValue)] = [("id", .string(rule.id))]
    if !rule.summary.isEmpty { fields.append(("shortDescription", text(rule.summary))) }
    if !rule.reason.isEmpty { fields.append(("fullDescription", text(rule.reason))) }
    fields.append(("defaultConfiguration", .fields([("level", .string(rule.severity.rawValue))])))
    return .fields(fields)
  }

  private static func result(_ finding: Finding, _ indexes: [String: Int]) -> JSONValue {
    let found = finding.diagnostic
    var fields: [(String, JSONValue)] = [
      ("ruleId", .string(found.id)), ("ruleIndex", .number(JSONNumber(indexes[found.id] ?? -1))),
      ("level", .string(found.severity.rawValue)), ("message", text(finding.text)),
      ("locations", .array([.fields([("physicalLocation", physical(found.location))])])),
    ]
    if !finding.related.isEmpty {
      let related = finding.related.enumerated().map { index, place in
        JSONValue.fields([
          ("id", .number(JSONNumber(index))), ("physicalLocation", physical(place.location)),
          ("message", text(place.message)),
        ])
      }
      fields.append(("relatedLocations", .array(related)))
    }
    if !finding.facts.isEmpty {
      fields.append(("properties", .fields(finding.facts.map { ($0.name, .string($0.value)) })))
    }
    return .fields(fields)
  }

  private static func physical(_ location: SourceLocation) -> JSONValue {
    .fields([
      ("artifactLocation", .fields([("uri", .string(uri(location.file)))])),
      (
        "region",
        .fields([
          ("startLine", .number(JSONNumber(location.line))), ("startColumn", .number(JSONNumber(location.column))),
        ])
      ),
    ])
  }

  private static func text(_ text: String) -> JSONValue { .fields([("text", .string(text))]) }

  /// A path as a URI reference (section 3.10.1): what RFC 3986 does not allow in a path is percent-encoded, and so is
  /// `:`, which would make its first segment a scheme.
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57: bytes.append(byte)
      case _ where "-._~/!$&'()*+,;=@".utf8.contains(byte): bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
