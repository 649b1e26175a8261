internal import CTChannels
internal import CTDigest
internal import CTRuntime
internal import CTSchedule
package import CTStore

extension DigestDesk {
  /// What asks for the e-mail with a digest; nothing where nobody gets one.
  func mailJob(of digest: DailyDigest) -> [Write] {
    guard plan.email != nil else { return [] }
    var payload = DocumentMembers()
    payload.add("date", digest.date)
    let id = "digest-email_\(digest.date)"
    return Job(id: id, kind: DigestMailHandler.kind, payload: payload.bytes, createdAt: digest.generatedAt).enqueueing
  }
}

/// Sends a digest by e-mail, as a job: a mail server that is away for an hour gets it an hour later.
package struct DigestMailHandler: JobHandler {
  package static let kind = "digest.email"
  package var kind: String { Self.kind }
  private let desk: DigestDesk

  package init(desk: DigestDesk) { self.desk = desk }

  package func run(_ job: Job) async throws {
    guard let email = desk.plan.email else {
      throw JobFailure(.final, "the configuration no longer says who gets the digest by e-mail (digest.email)")
    }
    let text = try DocumentMembers(parsing: job.payload).text("date")
    guard let date = LocalDate(text), let digest = try await desk.digest(of: date) else {
      throw JobFailure(.final, "there is no digest of \(text)")
    }
    let visible = try digest.visible(to: .role(email.role))
    do throws(DeliveryError) {
      _ = try await email.channel.send(
        subject: "Control Tower \(digest.date): \(visible.subject)", text: visible.plainText, html: visible.html,
        id: "digest_\(digest.date)", date: digest.generatedAt)
    } catch {
      // The tower stops; the job is done when it has started again.
      try Task.checkCancellation()
      switch error.outlook {
      case .final: throw JobFailure(.final, error.reason)
      case .passing(let seconds): throw JobFailure(.notBefore(seconds: seconds ?? 0), error.reason)
      }
    }
  }
}
