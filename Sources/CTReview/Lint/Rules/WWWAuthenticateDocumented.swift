internal import CTSpec

extension LintRule {
  static let wwwAuthenticateDocumented = LintRule(
    "www-authenticate-documented", .error, asks: "401 has the header `WWW-Authenticate`.",
    because: "RFC 9110, section 15.5.2, demands it."
  ) { subject, report in
    for (operation, response) in subject.responses where response.status == .code(401) {
      if response.headers.contains(where: { $0.name.lowercased() == "www-authenticate" }) { continue }
      report.found(at: response.location, "401 of \(operation.title) has no header 'WWW-Authenticate'")
    }
  }
}
