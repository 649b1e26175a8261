internal import CTJSON

extension DeadLetter {
  /// The letter as its document holds it.
  package var json: [UInt8] {
    var members = DocumentMembers()
    members.add("id", id)
    members.add("kind", kind)
    members.add("payload", json: payload)
    members.add("eventId", eventId)
    members.add("error", error)
    members.add("attempts", attempts)
    members.add("firstFailedAt", firstFailedAt)
    members.add("deadAt", deadAt)
    members.add("nextReview", nextReview)
    members.add("state", state.rawValue)
    members.add("token", resolution?.token)
    members.add("by", resolution?.by)
    members.add("at", resolution?.at)
    members.add("reason", resolution?.reason)
    members.add("newEventId", resolution?.eventId)
    members.add("newJobId", resolution?.jobId)
    return members.bytes
  }

  package init(json: [UInt8]) throws(StoreError) {
    let members = try DocumentMembers(parsing: json)
    id = try members.text("id")
    kind = try members.text("kind")
    payload = try members.json("payload")
    eventId = members.optionalText("eventId")
    error = try members.text("error")
    attempts = try members.integer("attempts")
    firstFailedAt = try members.time("firstFailedAt")
    deadAt = try members.time("deadAt")
    nextReview = try members.time("nextReview")
    state = State(rawValue: try members.text("state")) ?? .open
    guard let token = members.optionalText("token") else { return }
    resolution = Resolution(
      token: token, by: members.optionalText("by"), at: try members.time("at"), reason: members.optionalText("reason"),
      eventId: members.optionalText("newEventId"), jobId: members.optionalText("newJobId"))
  }
}
