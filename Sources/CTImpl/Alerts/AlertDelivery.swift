internal import CTChannels
internal import CTHealth
internal import CTJSON
internal import CTStore

extension Delivery {
  /// What puts the job that tells the channel into the queue. No precondition: one write must not hold up the others.
  var enqueueing: [Write] {
    let job = Job(id: jobId, kind: Self.kind, payload: payload, createdAt: notification.at)
    return job.enqueueing.map { write in
      if case .put(let key, let body, _) = write { .put(key, body: body) } else { write }
    }
  }
}

extension AlertChange {
  /// What each channel is to be told.
  ///
  /// - Parameter channels: the names of all, for an alert that names none.
  func deliveries(channels: [String], at now: Timestamp) -> [Delivery] {
    guard let notice else { return [] }
    let notification = notification(notice, at: now)
    return (alert.channels ?? channels).map { Delivery(notification, channel: $0) }
  }

  /// The alert that a notification is about, from the notification's id; `nil` when it is about none.
  static func alertId(ofNotification id: String) -> String? {
    let parts = id.split(separator: "_")
    return parts.count == 4 && parts[0] == "alert" ? "alert_\(parts[1])" : nil
  }

  private func notification(_ notice: Notice, at now: Timestamp) -> CTChannels.Notification {
    let time = TimedID.hexadecimal(UInt64(max(0, alert.updatedAt.microseconds)))
    let state: CTChannels.Notification.State =
      switch notice {
      case .firing: .firing
      case .updated: .updated
      case .acknowledged: .acknowledged
      case .resolved: .resolved
      }
    var detail = alert.detail
    if notice == .acknowledged, let acknowledged = alert.acknowledged {
      detail = "\(acknowledged.by) looks after it\(acknowledged.note.map { ": \($0)" } ?? ".")"
    }
    return CTChannels.Notification(
      id: "\(alert.id)_\(time)_\(notice.rawValue)", rule: alert.rule,
      severity: .init(rawValue: alert.severity.rawValue) ?? .error, state: state, title: alert.title,
      detail: detail, systemId: alert.systemId, dedupeKey: alert.dedupeKey,
      startedAt: alert.startedAt ?? alert.since, at: now, link: alert.link)
  }
}
