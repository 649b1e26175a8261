internal import CTSpec

extension DiffRule {
  static let requestBodyRemoved = DiffRule(
    "request-body-removed", .breaking, "A request has no body any more.",
    because: "What callers send is refused or lost.")
  static let requestBodyRequiredAdded = DiffRule(
    "request-body-required-added", .breaking, "A request needs a body now.",
    because: "Requests without one are refused.")
  static let requestBodyOptionalAdded = DiffRule(
    "request-body-optional-added", .safe, "A request may have a body now.", because: "Callers may leave it out.")
  static let requestBodyBecameRequired = DiffRule(
    "request-body-became-required", .breaking, "A body is required now.", because: "Requests without one are refused.")
  static let requestBodyBecameOptional = DiffRule(
    "request-body-became-optional", .safe, "A body may be left out now.", because: "Sending one works as before.")
  static let requestMediaTypeRemoved = DiffRule(
    "request-media-type-removed", .breaking, "A media type is no longer taken.", because: "Callers get 415.")
  static let requestMediaTypeAdded = DiffRule(
    "request-media-type-added", .safe, "Another media type is taken.", because: "Nobody has to send it.")

  static let bodyRules = [
    requestBodyRemoved, requestBodyRequiredAdded, requestBodyOptionalAdded, requestBodyBecameRequired,
    requestBodyBecameOptional, requestMediaTypeRemoved, requestMediaTypeAdded,
  ]
}

extension DiffRun {
  mutating func compareBodies(_ old: Operation, _ new: Operation) {
    switch (old.requestBody, new.requestBody) {
    case (nil, nil): break
    case (let before?, nil):
      report(.requestBodyRemoved, new.title, "takes no body any more", old: before.location, new: new.location)
    case (nil, let after?):
      let rule = after.required ? DiffRule.requestBodyRequiredAdded : .requestBodyOptionalAdded
      let what = after.required ? "needs a body now" : "may have a body now"
      report(rule, new.title, what, old: old.location, new: after.location)
    case (let before?, let after?): compare(before, after, new.title)
    }
  }

  private mutating func compare(_ old: RequestBody, _ new: RequestBody, _ operation: String) {
    if old.required != new.required {
      let rule = new.required ? DiffRule.requestBodyBecameRequired : .requestBodyBecameOptional
      let what = new.required ? "the body is required now" : "the body may be left out now"
      report(rule, operation, what, old: old.location, new: new.location)
    }
    for media in old.content {
      if let match = new.content.first(where: { $0.name == media.name }) {
        compare(media, match, Place(operation: operation, side: .request, part: "the body"))
      } else {
        report(
          .requestMediaTypeRemoved, operation, "\(media.name) is no longer taken", old: media.location,
          new: new.location)
      }
    }
    for media in new.content where !old.content.contains(where: { $0.name == media.name }) {
      report(.requestMediaTypeAdded, operation, "\(media.name) is taken too", old: old.location, new: media.location)
    }
  }

  /// Compares two of the same name; one without a schema allows anything.
  mutating func compare(_ old: MediaType, _ new: MediaType, _ place: Place) {
    compare(
      [old.schema].compactMap { $0 }, [new.schema].compactMap { $0 }, place, at: (old.location, new.location))
  }
}
