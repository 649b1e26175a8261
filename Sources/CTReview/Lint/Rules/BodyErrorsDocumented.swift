internal import CTSpec

extension LintRule {
  static let bodyErrorsDocumented = LintRule(
    "body-errors-documented", .error,
    asks: "An operation with a body documents 411, 413 and 415; with a JSON body 400 and 422 too.",
    because: "A body can come without its length, be too large, of another type, no JSON, or break its schema."
  ) { subject, report in
    for operation in subject.operations {
      guard let body = operation.requestBody else { continue }
      let isJSON = body.content.contains { MediaTypeName.isJSON($0.name) }
      for status in operation.undocumented(isJSON ? [400, 411, 413, 415, 422] : [411, 413, 415]) {
        report.found(at: operation.location, "\(operation.title) takes a body and does not document \(status)")
      }
    }
  }
}

enum MediaTypeName {
  /// `application/json` and everything that ends in `+json` (RFC 6839, section 3.1).
  static func isJSON(_ name: String) -> Bool {
    let essence = name.prefix { $0 != ";" && $0 != " " }
    return essence == "application/json" || essence.hasSuffix("+json")
  }
}
