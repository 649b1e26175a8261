internal import CTHTTP
internal import Synchronization

/// Sends mail over SMTP, by libcurl: each message on a connection and a thread of its own.
package struct SMTPMailer: Mailer {
  private let server: SMTPServer

  package init(server: SMTPServer) { self.server = server }

  package func send(_ message: EmailMessage) async throws(DeliveryError) -> MailReceipt {
    let stop = StopFlag()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<MailReceipt, DeliveryError>, Never>) in
        do {
          try Thread.start(name: "smtp") { [server] in
            continuation.resume(returning: SMTPSession.run(server, message, stop))
          }
        } catch {
          continuation.resume(returning: .failure(DeliveryError(.passing(), "no thread for sending mail: \(error)")))
        }
      }
    } onCancel: {
      stop.set()
    }
    return try result.get()
  }
}

/// Tells a session that nobody waits for it any more.
final class StopFlag: Sendable {
  private let isUp = Atomic(false)

  func set() { isUp.store(true, ordering: .relaxed) }
  var isSet: Bool { isUp.load(ordering: .relaxed) }
}
