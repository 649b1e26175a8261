internal import CTSpec

extension DiffRule {
  static let responseHeaderRemoved = DiffRule(
    "response-header-removed", .breaking, "A header of an answer is no longer there.",
    because: "Callers read it: the next page, when to come back.")
  static let responseHeaderAdded = DiffRule(
    "response-header-added", .safe, "A header of an answer is new.",
    because: "Callers ignore headers that they do not know.")
  static let responseHeaderBecameOptional = DiffRule(
    "response-header-became-optional", .breaking, "A header of an answer may be missing now.",
    because: "Callers rely on its being there.")
  static let responseHeaderBecameRequired = DiffRule(
    "response-header-became-required", .safe, "A header of an answer is always there now.",
    because: "Callers were told that it might be.")

  static let headerRules = [
    responseHeaderRemoved, responseHeaderAdded, responseHeaderBecameOptional, responseHeaderBecameRequired,
  ]
}

extension DiffRun {
  /// Header names are compared without case (RFC 9110, section 5.1).
  mutating func compareHeaders(_ old: Response, _ new: Response, _ operation: String) {
    let part = new.componentName.map { "the response '\($0)'" } ?? "\(new.status)"
    for header in old.headers {
      let what = "the header '\(header.name)' of \(part)"
      guard let match = new.headers.first(where: { $0.name.lowercased() == header.name.lowercased() }) else {
        report(.responseHeaderRemoved, operation, "\(what) is gone", old: header.location, new: new.location)
        continue
      }
      if match.required != header.required {
        let rule = match.required ? DiffRule.responseHeaderBecameRequired : .responseHeaderBecameOptional
        let now = match.required ? "is always there now" : "may be missing now"
        report(rule, operation, "\(what) \(now)", old: header.location, new: match.location)
      }
      compare([header.schema], [match.schema], Place(operation: operation, side: .response, part: what))
    }
    for header in new.headers
    where !old.headers.contains(where: { $0.name.lowercased() == header.name.lowercased() }) {
      report(
        .responseHeaderAdded, operation, "the header '\(header.name)' of \(part) is new", old: old.location,
        new: header.location)
    }
  }
}
