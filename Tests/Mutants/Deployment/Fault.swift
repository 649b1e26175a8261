package import CTSpec

/// A way in which a deployment can be wrong. Each is one switch, and nothing else changes with it.
package enum Fault: String, Sendable, CaseIterable {
  // Intake.
  case repeatIsConflict, repeatIsOK, repeatIsStored, repeatSaysAccepted
  case acceptedIsOK, acceptedIsNotStored, acceptedIsServerError
  case receiptOfAnotherEvent, receiptWithoutStatus, receiptWithUndeclaredField, receiptIsText, receiptIsNotJSON
  case otherBodyReplaces, otherBodyIsConflict, bodyAlwaysMatches, raceStoresTwice

  // Signatures.
  case signatureIgnored, signatureOfAnyBody, missingSignatureAccepted, emptySignatureAccepted, prefixIsOptional
  case prefixInAnyCase, digitsInAnyCase, sha1Accepted, halfTagAccepted, longTagAccepted, plainDigestAccepted
  case emptyKeyAccepted, signatureListAccepted, quotedSignatureAccepted, signatureOverMeaning, signatureTellsWhy

  // Tokens and roles.
  case tokenIgnored, noChallenge, refusalIsForbidden, tokenPrefixAccepted, anySchemeAccepted, schemeIsCaseSensitive
  case unknownTokenIsAnonymous, viewerMaySend, producerMayList, anybodyMayListSystems, viewerMayNotList
  case ownerMayNotSend, sourceIsNotBound, payloadForEverybody, payloadForOperators, versionForEverybody

  // Validation: a keyword that is not enforced, or too much.
  case ignoresType, ignoresRequired, ignoresEnum, ignoresConst, ignoresMinLength, ignoresMaxLength, ignoresPattern
  case ignoresFormat, ignoresMinimum, ignoresMaximum, ignoresMaxItems, ignoresAdditionalProperties
  case ignoresPatternOfOneField, maxLengthIsExclusive, maximumIsExclusive, countsUTF16, refusesUndeclaredPayload
  case refusesOffsets, listsFirstViolationOnly, violationsWithoutPointer
  case notJSONIsUnprocessable, trailingBytesAccepted, mediaTypeIgnored, mediaTypeWithoutParameters

  // Parameters, paths, methods.
  case limitIsNotChecked, timeIsNotChecked, parameterIsNotNamed, limitHasLowerMaximum
  case noAllow, allowIsIncomplete, otherMethodIsNotFound, unknownPathIsOK, unknownPathIsText, headIsNotAllowed
  case deleteSucceeds, putChangesEvents, readinessFails
  case acceptIsIgnored, mediaRangesAreRefused, qualityIsIgnored

  // Problems.
  case problemIsPlainJSON, problemWithWrongStatus, problemWithoutTitle, problemShowsTrace

  // Listing.
  case listIsObject, listIsEmpty, listOmitsPayload, listChangesPayload, listChangesTime, listWithoutIngest
  case listFromIsExclusive, listShowsEventsTwice

  // The spec that is served.
  case servesLaxerSpec, servesSpecWithoutOperation, servesNoSpec

  // Limits.
  case deepBodyIsServerError, lengthIsNotNeeded, slowHeadIsKept, slowBodyIsKept

  // Filters, pages, streams.
  case typeFilterIgnored, sourceFilterIgnored, correlationFilterIgnored, fromIsIgnored, toIsInclusive
  case cursorSkips, cursorRepeats, cursorIsOffset, limitIsIgnored, listIsOldestFirst, lastPageHasLink
  case streamIsSilent, streamRepeats, streamIsRefused, listIsUnavailable

  // The taxonomy, and personal data.
  case unknownTypeAccepted, oneTypeIsRefused, oneTypeIsLost, payloadMemberIsLost
  case droppedIsKept, droppedIsEmptied, hashedIsKept, hashIsPlainDigest, hashIsSalted, maskKeepsEnd
  case textIsKept, nestedTextIsKept, refusalRepeatsValue, systemsShowPersonalData, streamShowsPersonalData

  // Other operations, other places.
  case expiredTokenAccepted, otherBodiesAreNotChecked, fieldIsNotChecked, nameIsServerError, refusalsDiffer
  case problemShowsAddress, storedEventIsBroken, servesOtherJSON, optionsSucceeds, debugPathIsThere
  case unreadyWithoutRetryAfter

  // Single events, where the spec has them.
  case eventIsNotThere

  // Runs, where the spec has them.
  case keyIsIgnored, runNeverEnds, runHasNoEvents, runIsNotThere, badInputsStart
}

extension Fault {
  /// A path without which there is nothing to be wrong.
  private var path: String? {
    switch self {
    case .keyIsIgnored, .runNeverEnds, .runHasNoEvents, .runIsNotThere, .badInputsStart: "/runs/{runId}"
    case .eventIsNotThere: "/events/{eventId}"
    default: nil
    }
  }

  /// Those that can be in a deployment of this spec.
  package static func all(in spec: OpenAPIDocument) -> [Fault] {
    allCases.filter { fault in
      if fault == .qualityIsIgnored { return spec.operations.contains(where: \.hasChoice) }
      return fault.path.map { path in spec.operations.contains { $0.path.raw == path } } ?? true
    }
  }
}

extension Operation {
  /// Whether its success can be had in several media types.
  fileprivate var hasChoice: Bool {
    method == "GET" && path.parameterNames.isEmpty
      && responses.contains { if case .code(200..<300) = $0.status { $0.content.count > 1 } else { false } }
  }
}
