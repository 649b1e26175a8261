/// What a response must not tell about the inside of a deployment.
enum Internals {
  /// Traces of the usual languages and databases, in error responses only: what callers sent may hold anything.
  private static let traces = [
    "Traceback (most recent call last)", "\n\tat ", "\n    at ", "Fatal error:", "goroutine 1 [", "panic:", "SQLSTATE",
    "sqlite3", "SQLITE_", "SELECT ", "INSERT INTO", ".swift:", ".py\", line", ".java:", ".go:", "/home/", "/usr/lib/",
    "/var/", "node_modules", "stack trace",
  ]

  static func faults(of observation: Observation, _ spec: SpecCatalog) -> [ResponseFault] {
    guard observation.status >= 400 else { return [] }
    let text = String(decoding: observation.body, as: UTF8.self)
    guard let trace = traces.first(where: { text.contains($0) }) else { return [] }
    return [
      ResponseFault(
        rule: "response-internals", severity: .error, message: "a response shows the inside of the deployment",
        expected: "nothing of the kind", seen: "'\(trace.filter { !$0.isNewline })' in \(observation.statusLine)",
        clause: spec.reference(.document))
    ]
  }
}
