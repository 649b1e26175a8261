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
    case .acceptIsIgnored: .init("contract-accept-none", "GET /livez → 406")
    case .mediaRangesAreRefused: .init("contract-accept", "GET /livez → success")
    case .qualityIsIgnored: .init("contract-accept", "→ success")
    case .problemIsPlainJSON: .init("smoke-no-token", "response-media-type", "→ 401")
    case .problemWithWrongStatus: .init("smoke-no-token", "response-problem", "→ 401")
    case .problemWithoutTitle: .init("smoke-no-token", "response-body", "401, required")
    case .problemShowsTrace: .init("smoke-no-token", "response-internals", "Control Tower")
    case .servesLaxerSpec: .init("drift-deployed-spec", "request-bound-loosened")
    case .servesSpecWithoutOperation: .init("drift-deployed-spec", "operation-removed")
    case .servesOtherJSON: .init("drift-deployed-spec-json", "operation-removed")
    case .servesNoSpec: .init("drift-deployed-spec", "GET /openapi.yaml")
    case .storedEventIsBroken: .init("drift-stored-events", "type of /payload/total")
    case .deepBodyIsServerError: .init("limits-deep-body", "response-status", "POST /events")
    case .lengthIsNotNeeded: .init("limits-no-length", "POST /events → 411")
    case .slowHeadIsKept: .init("limits-slow-head", "POST /events → 408")
    case .slowBodyIsKept: .init("limits-slow-body", "POST /events → 408")
    case .otherBodiesAreNotChecked: .init("contract-body-invalid", "type of /dryRun")
    case .fieldIsNotChecked: .init("contract-parameter-invalid", "parameter Last-Event-ID")
    case .nameIsServerError: .init("contract-parameter-invalid", "response-status", "GET /dlq/{id}")
    case .refusalsDiffer: .init("contract-violations-listed", "POST /events → 422")
    case .problemShowsAddress: .init("smoke-no-token", "response-internals", "Control Tower")
    case .optionsSucceeds: .init("contract-other-methods", "MethodNotAllowed")
    case .debugPathIsThere: .init("contract-unknown-paths", "NotFound")
    case .unreadyWithoutRetryAfter: .init("contract-read", "response-header", "Retry-After")
    case .badInputsStart: .init("contract-body-invalid", "of /contractId")
    default: expectedOfState ?? .init("contract-body-invalid", "\(ignoredKeyword ?? "") of ")
    }
  }

  private var expectedOfState: Catch? {
    switch self {
    case .typeFilterIgnored: .init("state-filters", "parameter type")
    case .sourceFilterIgnored: .init("state-filters", "parameter source")
    case .correlationFilterIgnored: .init("state-filters", "parameter correlationId")
    case .fromIsIgnored: .init("state-filters", "parameter from")
    case .toIsInclusive: .init("state-filters", "parameter to")
    case .cursorSkips, .cursorRepeats: .init("state-paging", "parameter cursor")
    case .cursorIsOffset: .init("state-paging-inserts", "parameter cursor")
    case .limitIsIgnored: .init("state-paging", "parameter limit")
    case .listIsOldestFirst: .init("state-paging", "GET /events")
    case .lastPageHasLink: .init("state-paging", "GET /events → 200")
    case .streamIsSilent, .streamRepeats, .streamIsRefused: .init("state-stream", "GET /events/stream")
    case .listIsUnavailable: .init("state-filters", "response-success", "GET /events → success")
    case .unknownTypeAccepted: .init("taxonomy-unknown-type", "POST /events, request body")
    case .oneTypeIsLost: .init("taxonomy-every-type", "GET /events → 200")
    case .oneTypeIsRefused: .init("taxonomy-every-type", "the branch of website.form.submitted")
    case .payloadMemberIsLost: .init("taxonomy-every-type", "the branch of finance.invoice.generated")
    case .droppedIsKept, .hashedIsKept, .hashIsPlainDigest:
      .init("taxonomy-redaction-marks", "response-personal-data", "/paths/~1events/post/description")
    case .droppedIsEmptied: .init("taxonomy-redaction-marks", "x-ct-redact: drop")
    case .hashIsSalted: .init("taxonomy-redaction-marks", "x-ct-redact: hash")
    case .maskKeepsEnd: .init("taxonomy-redaction-marks", "x-ct-redact: mask")
    case .textIsKept, .nestedTextIsKept:
      .init("taxonomy-redaction-text", "response-personal-data", "/paths/~1events/post/description")
    case .refusalRepeatsValue:
      .init("taxonomy-refusal-repeats-nothing", "response-personal-data", "/paths/~1events/post/description")
    case .systemsShowPersonalData, .streamShowsPersonalData:
      .init("taxonomy-planted-nowhere", "response-personal-data", "/paths/~1events/post/description")
    case .expiredTokenAccepted: .init("auth-token-expired", "→ 401")
    case .eventIsNotThere: .init("state-items", "GET /events/{eventId}")
    case .keyIsIgnored: .init("state-runs", "POST /triggers/")
    case .runNeverEnds, .runIsNotThere: .init("state-runs", "GET /runs/{runId}")
    case .runHasNoEvents: .init("state-runs", "parameter correlationId")
    default: nil
    }
  }

  /// The options with which its check is run alone, with those that it builds upon.
  package var options: [String] {
    let due = expected.check
    var checks = ["smoke-send-event", "smoke-repeat-request", due]
    if due == "taxonomy-planted-nowhere" { checks.append("taxonomy-redaction-marks") }
    if self == .refusalsDiffer { checks.append("contract-body-invalid") }
    // Two thousand cases: the first that is not as it should be will do.
    let ending = due.hasPrefix("contract-body") || due == "contract-violations-listed" ? ["--fail-fast"] : []
    return ["--only", checks.joined(separator: ","), "--patience", isSilence ? "0.1" : "10", "--slow-timeout", "2"]
      + ending
  }

  /// A path at which it shows, for tools that are told where to look.
  package var place: String {
    switch self {
    case .versionForEverybody: return "/health"
    case .systemsShowPersonalData: return "/systems"
    case .servesLaxerSpec, .servesSpecWithoutOperation, .servesNoSpec: return "/openapi.yaml"
    case .servesOtherJSON: return "/openapi.json"
    case .otherBodiesAreNotChecked: return "/dlq/replay"
    case .badInputsStart, .keyIsIgnored: return "/triggers/contract.regenerate"
    // A stream has no end that others would wait for.
    case .fieldIsNotChecked, .streamIsSilent, .streamRepeats, .streamIsRefused: return "/events"
    default: break
    }
    let words = expected.clause.split(separator: " ")
    let method = words.firstIndex { $0 == "GET" || $0 == "POST" }
    let path = method.flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    return path.map { String($0.prefix { $0 != "," }) } ?? "/events"
  }

  /// Whether something never comes, so that its check waits as long as the run is patient. All others are seen as soon as
  /// they are there, however long that takes on a busy machine.
  private var isSilence: Bool {
    switch self {
    case .listIsEmpty, .listFromIsExclusive, .streamIsSilent, .runNeverEnds, .runHasNoEvents, .oneTypeIsLost: true
    default: false
    }
  }
}

extension Catch {
  fileprivate init(_ check: String, _ rule: String, _ clause: String) {
    self.init(check: check, rule: rule, clause: clause)
  }

  fileprivate init(_ check: String, _ clause: String) { self.init(check: check, rule: check, clause: clause) }
}
