internal import CTSpec

extension DiffRule {
  static let successStatusRemoved = DiffRule(
    "success-status-removed", .breaking, "A status below 400 is no longer answered.",
    because: "Callers wait for it, and for what it brought.")
  static let successStatusAdded = DiffRule(
    "success-status-added", .risky, "Another status below 400 is answered.",
    because: "Callers that compare with one status take it for a fault.")
  static let errorStatusRemoved = DiffRule(
    "error-status-removed", .risky, "An error status is no longer answered.",
    because: "Where it came from something else comes now; callers that act on it no longer do.")
  static let errorStatusAdded = DiffRule(
    "error-status-added", .safe, "Another error status is answered.",
    because: "Callers treat a status that they do not know as the first of its hundred (RFC 9110, section 15).")
  static let responseMediaTypeRemoved = DiffRule(
    "response-media-type-removed", .breaking, "A media type is no longer answered.",
    because: "Callers that ask for it get 406, or what they cannot read.")
  static let responseMediaTypeAdded = DiffRule(
    "response-media-type-added", .safe, "Another media type is answered.", because: "It has to be asked for.")

  static let responseRules = [
    successStatusRemoved, successStatusAdded, errorStatusRemoved, errorStatusAdded, responseMediaTypeRemoved,
    responseMediaTypeAdded,
  ]
}

extension DiffRun {
  mutating func compareResponses(_ old: Operation, _ new: Operation) {
    for response in old.responses {
      if let match = new.responses.first(where: { $0.status == response.status }) {
        compare(response, match, new.title)
      } else {
        let rule = response.status.isError ? DiffRule.errorStatusRemoved : .successStatusRemoved
        report(
          rule, new.title, "\(response.status) is no longer answered", old: response.location, new: new.location)
      }
    }
    for response in new.responses where !old.responses.contains(where: { $0.status == response.status }) {
      let rule = response.status.isError ? DiffRule.errorStatusAdded : .successStatusAdded
      report(rule, new.title, "\(response.status) is answered too", old: old.location, new: response.location)
    }
  }

  private mutating func compare(_ old: Response, _ new: Response, _ operation: String) {
    compareHeaders(old, new, operation)
    let part = new.componentName.map { "the response '\($0)'" } ?? "\(new.status)"
    for media in old.content {
      if let match = new.content.first(where: { $0.name == media.name }) {
        compare(media, match, Place(operation: operation, side: .response, part: "the body of \(part)"))
      } else {
        report(
          .responseMediaTypeRemoved, operation, "\(media.name) of \(part) is no longer answered", old: media.location,
          new: new.location)
      }
    }
    for media in new.content where !old.content.contains(where: { $0.name == media.name }) {
      report(
        .responseMediaTypeAdded, operation, "\(part) is answered as \(media.name) too", old: old.location,
        new: media.location)
    }
  }
}
