internal import CTJSON
internal import Synchronization

extension TinyTower {
  private static let sources = ["backend", "desktop", "finance", "github", "portal", "website"]

  /// `GET /systems`
  func systems() -> JSONValue {
    .array(
      Self.sources.map { source in
        .object([
          .init(key: "systemId", value: .string(source)), .init(key: "status", value: .string("unknown")),
          .init(key: "errors24h", value: .number(0)),
          .init(key: "since", value: .string(Self.since)),
          .init(
            key: "slo",
            value: .object([
              .init(key: "heartbeat", value: Self.objective("heartbeat", 900)),
              .init(key: "intakeLatency", value: Self.objective("intake_latency", 300)),
            ])), .init(key: "reasons", value: .array([])), .init(key: "notes", value: notes(source)),
        ])
      })
  }

  private func notes(_ source: String) -> JSONValue {
    guard has(.systemsShowPersonalData) else { return .array([]) }
    let last = log.withLock { $0.rows.last { $0.text("source") == source } }
    let payload = last?.sent["payload"]?.members ?? []
    return .array(payload.compactMap(\.value.string).prefix(5).map { .string(String($0.prefix(100))) })
  }

  private static let since = "2025-09-27T10:00:00Z"

  private static func objective(_ name: String, _ target: JSONNumber) -> JSONValue {
    .object([
      .init(key: "objective", value: .string(name)), .init(key: "status", value: .string("insufficient_data")),
      .init(key: "unit", value: .string("seconds")), .init(key: "target", value: .number(target)),
      .init(key: "windowSeconds", value: .number(86400)), .init(key: "samples", value: .number(0)),
    ])
  }

  /// `GET /health`
  func health(_ caller: Caller?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "status", value: .string("unknown")),
      .init(key: "checkedAt", value: .string("2025-09-27T10:05:42Z")),
    ]
    if caller != nil || has(.versionForEverybody) { members.append(.init(key: "version", value: .string("0.1.0"))) }
    if caller != nil {
      members.append(
        .init(
          key: "systems",
          value: .array(
            Self.sources.map { source in
              .object([
                .init(key: "systemId", value: .string(source)), .init(key: "status", value: .string("unknown")),
                .init(key: "errors24h", value: .number(0)), .init(key: "since", value: .string(Self.since)),
              ])
            })))
    }
    return .object(members)
  }
}
