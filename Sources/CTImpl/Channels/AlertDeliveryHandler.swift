internal import CTChannels
package import CTStore

/// Sends a notification on a channel, as a job: what fails for a passing reason is tried again, and what cannot succeed
/// becomes a dead letter at once.
package struct AlertDeliveryHandler: JobHandler {
  package var kind: String { Delivery.kind }
  private let channels: ChannelTable

  package init(channels: ChannelTable) { self.channels = channels }

  package func run(_ job: Job) async throws {
    let delivery: Delivery
    do throws(NotificationFault) { delivery = try Delivery(payload: job.payload) } catch {
      throw JobFailure(.final, error.description)
    }
    guard let channel = channels[delivery.channel] else {
      throw JobFailure(.final, "there is no channel '\(delivery.channel)' in the configuration")
    }
    do throws(DeliveryError) {
      _ = try await channel.send(delivery.notification)
    } catch {
      // The tower stops; the job is done when it has started again.
      try Task.checkCancellation()
      throw Self.failure(error, delivery.channel)
    }
  }

  private static func failure(_ error: DeliveryError, _ channel: String) -> any Error {
    let words = "\(channel): \(error.reason)"
    switch error.outlook {
    case .final: return JobFailure(.final, words)
    case .passing(let seconds): return JobFailure(.notBefore(seconds: seconds ?? 0), words)
    }
  }
}
