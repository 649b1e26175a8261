/// A way in which a deployment can be wrong. Each is one switch, and nothing else changes with it.
package enum Fault: String, Sendable, CaseIterable {
  // Intake.
  case repeatIsConflict = "repeat-is-conflict"
  case repeatIsOK = "repeat-is-ok"
  case repeatIsStored = "repeat-is-stored"
  case repeatSaysAccepted = "repeat-says-accepted"
  case acceptedIsOK = "accepted-is-ok"
  case acceptedIsNotStored = "accepted-is-not-stored"
  case acceptedIsServerError = "accepted-is-server-error"
  case receiptOfAnotherEvent = "receipt-of-another-event"
  case receiptWithoutStatus = "receipt-without-status"
  case receiptWithUndeclaredField = "receipt-with-undeclared-field"
  case receiptIsText = "receipt-is-text"
  case receiptIsNotJSON = "receipt-is-not-json"

  // Security.
  case signatureIgnored = "signature-ignored"
  case signatureOfAnyBody = "signature-of-any-body"
  case tokenIgnored = "token-ignored"
  case noChallenge = "no-challenge"
  case refusalIsForbidden = "refusal-is-forbidden"

  // Problems.
  case problemIsPlainJSON = "problem-is-plain-json"
  case problemWithWrongStatus = "problem-with-wrong-status"
  case problemWithoutTitle = "problem-without-title"

  // Listing.
  case listIsObject = "list-is-object"
  case listIsEmpty = "list-is-empty"
  case listOmitsPayload = "list-omits-payload"
  case listChangesPayload = "list-changes-payload"
  case listChangesTime = "list-changes-time"
  case listWithoutIngest = "list-without-ingest"
  case listFromIsExclusive = "list-from-is-exclusive"
  case listShowsEventsTwice = "list-shows-events-twice"
}
