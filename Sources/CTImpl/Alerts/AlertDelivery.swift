internal import CTChannels
internal import CTHealth
internal import CTJSON
internal import CTStore

extension AlertChange {
  /// What puts the job that tells one channel into the queue. No precondition: one write must not hold up the others.
  func delivery(_ notice: Notice, to channel: String, at now: Timestamp) -> [Write] {
    let delivery = Delivery(notification(notice, at: now), channel: channel)
    let job = Job(id: delivery.jobId, kind: Delivery.kind, payload: delivery.payload, createdAt: now)
    return job.enqueueing.map { write in
      if case .put(let key, let body, _) = write { .put(key, body: body) } else { write }
    }
  }

  private func notification(_ notice: Notice, at now: Timestamp) -> CTChannels.Notification {
    let time = TimedID.hexadecimal(UInt64(max(0, alert.updatedAt.microseconds)))
    let state: CTChannels.Notification.State =
      switch notice {
      case .firing: .firing
      case .updated: .updated
      case .resolved: .resolved
      }
    return CTChannels.Notification(
      id: "\(alert.id)_\(time)_\(notice.rawValue)", rule: alert.rule,
      severity: .init(rawValue: alert.severity.rawValue) ?? .error, state: state, title: alert.title,
      detail: alert.detail, systemId: alert.systemId, dedupeKey: alert.dedupeKey,
      startedAt: alert.startedAt ?? alert.since, at: now, link: alert.link)
  }
}
