internal import CTJSON

/// A notification and the channel that it goes out on: the payload of a job of the kind ``kind``.
package struct Delivery: Sendable, Hashable {
  package static let kind = "alert.deliver"

  /// The channel's name in the configuration.
  package var channel: String
  package var notification: Notification

  package init(_ notification: Notification, channel: String) {
    self.notification = notification
    self.channel = channel
  }

  /// What the job is called, so that one notification is put into the queue once for each channel.
  package var jobId: String { "deliver_\(notification.id)_\(channel)" }

  /// The notification's members, and `channel`.
  package var payload: [UInt8] {
    JSONWriter.write(.object(notification.members + [.init(key: "channel", value: .string(channel))]))
  }

  /// Reads what ``payload`` writes.
  package init(payload: [UInt8]) throws(NotificationFault) {
    guard let json = try? JSONValue(parsing: payload) else { throw NotificationFault(member: "") }
    guard let channel = json["channel"]?.string else { throw NotificationFault(member: "channel") }
    self.init(try Notification(json: json), channel: channel)
  }
}
