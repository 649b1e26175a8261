package import CTArtifacts
internal import CTCrypto
internal import CTDigest
internal import CTJSON
package import CTSchedule
internal import CTStore

/// Makes each day's digest at its hour, and archives it.
package struct DigestJob: Sendable {
  package static let name = "report.digest"
  private let desk: DigestDesk
  private let artifacts: any ArtifactStore

  package init(desk: DigestDesk, artifacts: any ArtifactStore) {
    self.desk = desk
    self.artifacts = artifacts
  }

  package var scheduled: ScheduledJob {
    ScheduledJob(Self.name, .daily(desk.plan.time, desk.plan.zone)) { run in
      guard let date = run.date else { return "nothing" }
      return try await self.run(date)
    }
  }

  /// Done again, it changes nothing but what is missing.
  /// - Returns: what came of it, in a few words.
  func run(_ date: LocalDate) async throws -> String {
    if try await desk.digest(of: date) == nil, let latest = try await desk.latest(), latest.date > date.description {
      return "the digest of \(latest.date) tells of \(date) too"
    }
    let (digest, isNew) = try await desk.make(date)
    for (name, mediaType, bytes) in try await files(of: digest) {
      if try await artifacts.artifact(name) != nil { continue }
      try await artifacts.put(name, mediaType: mediaType, at: desk.clock.now(), bytes)
    }
    return "\(isNew ? "made" : "there is") the digest of \(date): \(digest.subject)"
  }

  /// The digest as it is kept for good, with the checkpoint that proves the log up to it.
  private func files(of digest: DailyDigest) async throws -> [(ArtifactName, String, [UInt8])] {
    let base = "reports/daily/\(digest.date)"
    var files = [
      ("\(base).json", "application/json", try digest.json),
      ("\(base).md", "text/markdown", Array(digest.markdown.utf8)),
      ("\(base).html", "text/html", Array(digest.html.utf8)),
    ]
    if let checkpoint = try await desk.lastCheckpoint() {
      files.append(("\(base).checkpoint.json", "application/json", checkpoint.json))
    }
    return files.compactMap { name, mediaType, bytes in ArtifactName(name).map { ($0, mediaType, bytes) } }
  }
}

extension Checkpoint {
  /// For those who keep it elsewhere: what `control-tower verify` compares.
  fileprivate var json: [UInt8] {
    JSONWriter.write(
      .object([
        .init(key: "seq", value: .number(JSONNumber(seq))), .init(key: "chain", value: .string(hash.hex)),
        .init(key: "madeAt", value: .string(madeAt.description)),
        .init(key: "signature", value: .string(signature.hex)),
      ]), .pretty)
  }
}
