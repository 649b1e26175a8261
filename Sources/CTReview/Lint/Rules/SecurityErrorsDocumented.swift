internal import CTSpec

extension LintRule {
  static let securityErrorsDocumented = LintRule(
    "security-errors-documented", .error,
    asks: "An operation with security documents 401, and 403 where roles are asked for and nobody anonymous may come.",
    because: "Every caller meets them sooner or later."
  ) { subject, report in
    for operation in subject.operations where operation.security.contains(where: { !$0.schemes.isEmpty }) {
      let isAnonymousAllowed = operation.security.contains { $0.schemes.isEmpty }
      let hasRoles = operation.security.contains { $0.schemes.contains { !$0.roles.isEmpty } }
      for status in operation.undocumented(hasRoles && !isAnonymousAllowed ? [401, 403] : [401]) {
        report.found(at: operation.location, "\(operation.title) asks for credentials and does not document \(status)")
      }
    }
  }
}
