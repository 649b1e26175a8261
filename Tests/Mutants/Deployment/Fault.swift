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

  // Problems.
  case problemIsPlainJSON, problemWithWrongStatus, problemWithoutTitle, problemShowsTrace

  // Listing.
  case listIsObject, listIsEmpty, listOmitsPayload, listChangesPayload, listChangesTime, listWithoutIngest
  case listFromIsExclusive, listShowsEventsTwice

  // The spec that is served.
  case servesLaxerSpec, servesSpecWithoutOperation, servesNoSpec

  // Limits.
  case deepBodyIsServerError, lengthIsNotNeeded
}
