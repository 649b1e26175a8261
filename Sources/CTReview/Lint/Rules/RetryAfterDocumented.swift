internal import CTSpec

extension LintRule {
  static let retryAfterDocumented = LintRule(
    "retry-after-documented", .warning, asks: "429 and 503 have the header `Retry-After`.",
    because: "Clients that have to guess when to come back come back at once."
  ) { subject, report in
    for (operation, response) in subject.responses where [.code(429), .code(503)].contains(response.status) {
      if response.headers.contains(where: { $0.name.lowercased() == "retry-after" }) { continue }
      report.found(at: response.location, "\(response.status) of \(operation.title) has no header 'Retry-After'")
    }
  }
}
