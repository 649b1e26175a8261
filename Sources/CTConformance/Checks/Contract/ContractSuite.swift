/// What every operation takes and answers: cases from the spec's schemas, responses held against it.
package enum ContractSuite {
  package static let checks: [Check] =
    [ContractBodies.valid, ContractBodies.invalid, ContractBodies.violationsListed, ContractForms.notJSON]
    + [
      ContractForms.mediaType, ContractAccept.acceptable, ContractAccept.none, ContractParameters.valid,
      ContractParameters.invalid,
    ]
    + [ContractPaths.reading, ContractPaths.head, ContractPaths.otherMethods, ContractPaths.unknownPaths]
}

extension Check {
  /// Rules that are applied to every response, whichever check asked for it.
  package static let responseRules: [(id: String, title: String)] = [
    ("response-status", "The status is one that the operation declares"),
    ("response-header", "Headers that are required are there, and keep their schemas"),
    ("response-media-type", "The media type is one that the response declares"),
    ("response-body", "The body keeps its schema, and has no field that is not declared"),
    ("response-problem", "A problem's status is the response's (RFC 9457)"),
    ("response-internals", "No stack trace, file path, statement of a database or internal address is shown"),
    ("response-personal-data", "Personal data that was sent does not come back, in whatever form"),
    ("response-none", "There is a response"),
    ("response-success", "A request that is right is answered, and none is answered 5xx, so that what follows is seen"),
  ]
}
