/// What a fault has to be caught by.
package struct Catch: Sendable {
  /// The check that has to fail.
  package let check: String
  /// The check or the rule for every response that the finding has to name.
  package let rule: String
  /// A part of the clause's file and text that the finding has to name.
  package let clause: String
}

extension Fault {
  package var expected: Catch {
    switch self {
    case .acceptedIsOK, .acceptedIsServerError: .init("smoke-send-event", "response-status", "POST /events")
    case .receiptOfAnotherEvent: .init("smoke-send-event", "POST /events → 202")
    case .receiptWithoutStatus: .init("smoke-send-event", "response-body", "202, required")
    case .receiptWithUndeclaredField: .init("smoke-send-event", "response-body", "202, additionalProperties")
    case .receiptIsText: .init("smoke-send-event", "response-media-type", "POST /events → 202")
    case .receiptIsNotJSON: .init("smoke-send-event", "response-body", "POST /events → 202")
    case .acceptedIsNotStored, .repeatIsOK, .repeatSaysAccepted, .repeatIsConflict:
      .init("smoke-repeat-request", "POST /events → 202")
    case .repeatIsStored, .listIsEmpty, .listOmitsPayload, .listChangesPayload, .listChangesTime, .listFromIsExclusive,
      .listShowsEventsTwice:
      .init("smoke-list-events", "GET /events → 200")
    case .listIsObject: .init("smoke-list-events", "response-body", "200, type")
    case .listWithoutIngest: .init("smoke-list-events", "response-body", "200, required")
    case .otherBodyReplaces, .otherBodyIsConflict, .bodyAlwaysMatches:
      .init("idempotency-other-body", "POST /events → 202")
    case .raceStoresTwice: .init("idempotency-concurrent", "POST /events → 202")
    default: expectedOfSecurity ?? expectedOfContract
    }
  }

  private var expectedOfSecurity: Catch? {
    switch self {
    case .signatureIgnored, .signatureOfAnyBody: .init("smoke-wrong-signature", "POST /events → 401")
    case .missingSignatureAccepted, .emptySignatureAccepted, .prefixIsOptional, .prefixInAnyCase, .digitsInAnyCase,
      .sha1Accepted, .halfTagAccepted, .longTagAccepted, .plainDigestAccepted, .emptyKeyAccepted,
      .signatureListAccepted,
      .quotedSignatureAccepted, .signatureOverMeaning:
      .init("auth-signature-tampered", "POST /events → 401")
    case .signatureTellsWhy: .init("auth-signature-same-words", "POST /events → 401")
    case .tokenIgnored: .init("smoke-no-token", "POST /events → 401")
    case .refusalIsForbidden: .init("auth-token-missing", "→ 401")
    case .noChallenge: .init("auth-token-missing", "response-header", "WWW-Authenticate")
    case .tokenPrefixAccepted, .anySchemeAccepted, .unknownTokenIsAnonymous: .init("auth-token-wrong", "→ 401")
    case .schemeIsCaseSensitive: .init("auth-scheme-case", "securitySchemes")
    case .viewerMaySend, .ownerMayNotSend: .init("auth-roles-write", "POST /events, security")
    case .producerMayList, .viewerMayNotList: .init("auth-roles-read", "GET /events, security")
    case .anybodyMayListSystems: .init("auth-roles-read", "GET /systems, security")
    case .sourceIsNotBound: .init("auth-producer-source", "POST /events → 403")
    case .payloadForEverybody, .payloadForOperators: .init("auth-fields-by-role", "x-ct-roles of payload")
    case .versionForEverybody: .init("auth-fields-by-role", "x-ct-roles of version")
    default: nil
    }
  }

  private var expectedOfContract: Catch {
    switch self {
    case .ignoresPatternOfOneField: .init("contract-body-invalid", "pattern of /payload/invoiceId")
    case .maxLengthIsExclusive, .countsUTF16: .init("contract-body-valid", "maxLength of ")
    case .maximumIsExclusive: .init("contract-body-valid", "maximum of ")
    case .refusesUndeclaredPayload: .init("contract-body-valid", "additionalProperties of /payload")
    case .refusesOffsets: .init("contract-body-valid", "format of /ts")
    case .listsFirstViolationOnly, .violationsWithoutPointer: .init("contract-violations-listed", " of ")
    case .notJSONIsUnprocessable, .trailingBytesAccepted: .init("contract-body-not-json", "POST /events → 400")
    case .mediaTypeIgnored, .mediaTypeWithoutParameters: .init("contract-media-type", "POST /events → 415")
    case .limitIsNotChecked, .parameterIsNotNamed: .init("contract-parameter-invalid", "parameter limit")
    case .timeIsNotChecked: .init("contract-parameter-invalid", "parameter from")
    case .limitHasLowerMaximum: .init("contract-parameter-valid", "parameter limit")
    case .noAllow, .allowIsIncomplete: .init("contract-other-methods", "headers/Allow")
    case .otherMethodIsNotFound: .init("contract-other-methods", "MethodNotAllowed")
    case .unknownPathIsOK: .init("contract-unknown-paths", "NotFound")
    case .unknownPathIsText: .init("contract-unknown-paths", "Problem")
    case .headIsNotAllowed: .init("contract-head", "description")
    case .deleteSucceeds, .putChangesEvents: .init("immutability-events", "GET /events")
    case .readinessFails: .init("contract-read", "GET /readyz")
    case .problemIsPlainJSON: .init("smoke-no-token", "response-media-type", "→ 401")
    case .problemWithWrongStatus: .init("smoke-no-token", "response-problem", "→ 401")
    case .problemWithoutTitle: .init("smoke-no-token", "response-body", "401, required")
    case .problemShowsTrace: .init("smoke-no-token", "response-internals", "Control Tower")
    case .servesLaxerSpec: .init("drift-deployed-spec", "maxLength")
    case .servesSpecWithoutOperation: .init("drift-deployed-spec", "/paths/~1systems")
    case .servesNoSpec: .init("drift-deployed-spec", "/paths")
    case .deepBodyIsServerError: .init("limits-deep-body", "response-status", "POST /events")
    case .lengthIsNotNeeded: .init("limits-no-length", "POST /events → 411")
    default: .init("contract-body-invalid", "\(ignoredKeyword ?? "") of ")
    }
  }
}

extension Catch {
  fileprivate init(_ check: String, _ rule: String, _ clause: String) {
    self.init(check: check, rule: rule, clause: clause)
  }

  fileprivate init(_ check: String, _ clause: String) { self.init(check: check, rule: check, clause: clause) }
}
