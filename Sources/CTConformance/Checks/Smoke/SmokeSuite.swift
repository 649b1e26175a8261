internal import CTJSON

/// The seed's section 7, step by step, each step named as there.
package enum SmokeSuite {
  /// The tokens without which there is no smoke plan, by name.
  package static let requiredTokens = ["finance", "maintainer"]

  package static let checks: [Check] = [
    SmokeIntake.sendEvent, SmokeIntake.repeatRequest, SmokeListing.listEvents, SmokeIntake.wrongSignature,
    SmokeIntake.noToken, SmokeTrigger.execute, SmokeTrigger.readRun, SmokeDigest.readDigest,
  ]
}

/// The event of the smoke plan: the seed's (section 7.1) under an id of the run's own, at the run's time.
struct SmokeEvent {
  static let type = "finance.invoice.generated"
  static let source = "finance"

  let eventID: String
  let instant: String
  let body: [UInt8]

  init(_ runID: RunID, name: String = "001") {
    eventID = runID.eventID(name)
    instant = runID.instant.description
    let text =
      #"{"eventId":"\#(eventID)","type":"\#(Self.type)","ts":"\#(instant)","source":"\#(Self.source)","#
      + #""payload":{"invoiceId":"INV-2025-0912","period":"2025-09","total":1234.56}}"#
    body = Array(text.utf8)
  }
}
