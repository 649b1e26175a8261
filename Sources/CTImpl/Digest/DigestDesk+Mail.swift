internal import CTDigest
internal import CTStore

extension DigestDesk {
  /// The e-mail to send, as a job in the same commit as the digest: it is sent, and once.
  func mailJob(of digest: CTDigest.DailyDigest) throws(StoreError) -> [Write] {
    guard plan.email != nil else { return [] }
    let job = Job(
      id: "digest-email_\(digest.date)", kind: DigestMailHandler.kind,
      payload: Array(#"{"date":"\#(digest.date)"}"#.utf8), createdAt: digest.generatedAt)
    return job.enqueueing
  }
}
