internal import CTSpec

extension LintRule {
  static let errorProblemJSON = LintRule(
    "error-problem-json", .error, asks: "Every error is an `application/problem+json` document and nothing else.",
    because: "Clients then read all errors alike (RFC 9457)."
  ) { subject, report in
    for (operation, response) in subject.responses where response.status.isError {
      let types = response.content.map(\.name)
      guard types != ["application/problem+json"] else { continue }
      let found = types.isEmpty ? "without a body" : types.joined(separator: ", ")
      report.found(
        at: response.location, "\(response.status) of \(operation.title) is \(found), not application/problem+json")
    }
  }
}
