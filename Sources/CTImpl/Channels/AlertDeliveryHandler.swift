internal import CTChannels
internal import CTGenerated
internal import CTHealth
package import CTStore

/// Sends a notification on a channel, as a job: what fails for a passing reason is tried again, and what cannot succeed
/// becomes a dead letter at once.
///
/// What a channel is told of one alert arrives in the order in which it was decided: a receiver that was told of the end
/// before the beginning would wait for another end forever.
package struct AlertDeliveryHandler: JobHandler {
  package var kind: String { Delivery.kind }
  private let channels: ChannelTable
  private let store: any Store
  private let publicURL: String?
  private let log: Log

  /// - Parameter publicURL: where people reach the tower; without it, notifications have no link.
  package init(channels: ChannelTable, store: any Store, publicURL: String? = nil, log: Log) {
    self.channels = channels
    self.store = store
    self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    self.log = log
  }

  package func run(_ job: Job) async throws {
    let delivery: Delivery
    do throws(NotificationFault) { delivery = try Delivery(payload: job.payload) } catch {
      throw JobFailure(.final, error.description)
    }
    if job.id == delivery.jobId {
      guard try await isNext(delivery) else {
        throw JobFailure(.postponed(seconds: 1), "an earlier notification about the alert is not delivered yet")
      }
    } else if try await isOver(delivery) {
      log.write(
        .info, "a replayed notification is about an alert that is over; it is not sent", [("job", .string(job.id))])
      return
    }
    try await send(delivery)
  }

  /// Tells the channel at once.
  func send(_ delivery: Delivery) async throws {
    guard let channel = channels[delivery.channel] else {
      throw JobFailure(.final, "there is no channel '\(delivery.channel)' in the configuration")
    }
    var delivery = delivery
    delivery.notification.link = delivery.notification.link.flatMap { link in publicURL.map { $0 + link } }
    do throws(DeliveryError) {
      _ = try await channel.send(delivery.notification)
    } catch {
      // The tower stops; the job is done when it has started again.
      try Task.checkCancellation()
      throw Self.failure(error, delivery.channel)
    }
  }

  /// Whether no earlier notification about the same alert waits for the same channel.
  private func isNext(_ delivery: Delivery) async throws -> Bool {
    guard let alert = AlertChange.alertId(ofNotification: delivery.notification.id) else { return true }
    let prefix = "deliver_\(alert)_"
    let waiting = try await store.documents(in: Job.collection, after: prefix, descending: false, limit: 100)
    return !waiting.map(\.key.id).prefix { $0.hasPrefix(prefix) && $0 < delivery.jobId }.contains { id in
      // Time, notice and channel, which may hold underscores itself.
      id.dropFirst(prefix.count).split(separator: "_", maxSplits: 2).last.map(String.init) == delivery.channel
    }
  }

  /// Whether the alert that is said to fire has ended in the meantime.
  private func isOver(_ delivery: Delivery) async throws -> Bool {
    guard delivery.notification.state != .resolved,
      let alert = AlertChange.alertId(ofNotification: delivery.notification.id)
    else { return false }
    return try await store.document(DocumentKey(CTHealth.Alert.closedCollection, alert)) != nil
  }

  private static func failure(_ error: DeliveryError, _ channel: String) -> any Error {
    let words = "\(channel): \(error.reason)"
    switch error.outlook {
    case .final: return JobFailure(.final, words)
    case .passing(let seconds): return JobFailure(.notBefore(seconds: seconds ?? 0), words)
    }
  }
}
