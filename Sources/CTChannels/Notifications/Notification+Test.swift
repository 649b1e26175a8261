package import CTJSON

extension Notification {
  /// What is sent to try a channel: of the lowest severity, and it says that nothing is wrong.
  package static func test(of channel: String, at now: Timestamp) -> Notification {
    Notification(
      id: "ntf_test_\(channel)_\(now.microseconds)", rule: "channel-test", severity: .info, state: .firing,
      title: "Test of the channel \(channel)",
      detail: "Somebody tries whether the Control Tower's notifications arrive here. Nothing is wrong.",
      systemId: "tower", dedupeKey: "channel-test:\(channel)", startedAt: now, at: now)
  }
}
