import CTJSON
import Testing

@testable import CTChannels

@Suite struct NotificationTests {
  @Test(arguments: [sample(), sample(systemId: nil, link: nil), sample(state: .resolved, title: "Behoben – é\n\"x\"")])
  func comesBackFromItsJSON(notification: CTChannels.Notification) throws {
    let delivery = Delivery(notification, channel: "on-call")
    #expect(try Delivery(payload: delivery.payload) == delivery)
    #expect(try Notification(json: notification.json) == notification)
  }

  @Test func payloadIsTheNotificationAndTheChannel() throws {
    let payload = try JSONValue(parsing: Delivery(sample(link: nil), channel: "on-call").payload)
    let expected = """
      {"id": "ntf_1", "rule": "backend-errors", "severity": "critical", "state": "firing",
       "title": "The backend fails", "detail": "3 errors of high severity in 10 minutes.", "systemId": "backend",
       "dedupeKey": "backend-errors:backend", "startedAt": "2025-09-27T10:00:00Z", "at": "2025-09-27T10:05:00Z",
       "channel": "on-call"}
      """
    #expect(try payload == JSONValue(parsing: Array(expected.utf8)))
  }

  @Test(arguments: [
    "id", "rule", "severity", "state", "title", "detail", "dedupeKey", "startedAt", "at", "channel",
  ]) func namesTheMemberThatIsMissing(name: String) throws {
    var members = try #require(try JSONValue(parsing: Delivery(sample(), channel: "on-call").payload).members)
    members.removeAll { $0.key == name }
    #expect(throws: NotificationFault(member: name)) { try Delivery(payload: JSONWriter.write(.object(members))) }
  }

  @Test func jobsOfOneNotificationDifferByChannel() {
    let ids = ["a", "b", "a"].map { Delivery(sample(), channel: $0).jobId }
    #expect(ids[0] == ids[2] && ids[0] != ids[1])
  }
}
