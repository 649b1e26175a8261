internal import CTJSON
package import CTStore

extension RunRecord {
  /// The document.
  package var json: [UInt8] {
    var members = DocumentMembers()
    members.add("runId", runId)
    members.add("trigger", trigger)
    members.add("initiator", initiator)
    members.add("inputs", json: inputs)
    members.add("sealedInputs", sealedInputs)
    members.add("status", status.rawValue)
    members.add("attempt", attempt)
    if isCancelRequested { members.add("cancelRequested", json: Self.yes) }
    if isOverdue { members.add("overdue", json: Self.yes) }
    if let progress { members.add("progress", json: JSONWriter.write(progress.json)) }
    if let checkpoint { members.add("checkpoint", json: checkpoint) }
    members.add("metrics", json: JSONWriter.write(metrics.json))
    if let failure { members.add("failure", json: JSONWriter.write(failure.json)) }
    members.add("logs", json: JSONWriter.write(.array(logs.map(\.json))))
    members.add("artifacts", json: JSONWriter.write(.array(artifacts.map(\.json))))
    members.add("retryOf", retryOf)
    members.add("retriedBy", retriedBy)
    members.add("keyId", keyId)
    members.add("createdAt", createdAt)
    members.add("startedAt", startedAt)
    members.add("updatedAt", updatedAt)
    members.add("endedAt", endedAt)
    return members.bytes
  }

  private static let yes = Array("true".utf8)

  /// - Throws: `corrupt` when something is missing that every run has.
  package init(json: [UInt8]) throws(StoreError) {
    let members = try DocumentMembers(parsing: json)
    func value(_ name: String) -> JSONValue? {
      guard let bytes = try? members.json(name) else { return nil }
      return try? JSONValue(parsing: bytes)
    }
    guard let status = RunStatus(rawValue: try members.text("status")) else {
      throw StoreError(.corrupt, "a run has no right status")
    }
    self.init(
      runId: try members.text("runId"), trigger: try members.text("trigger"),
      initiator: try members.text("initiator"), inputs: try members.json("inputs"),
      createdAt: try members.time("createdAt"))
    self.status = status
    sealedInputs = members.optionalText("sealedInputs")
    attempt = try members.integer("attempt")
    isCancelRequested = value("cancelRequested") != nil
    isOverdue = value("overdue") != nil
    progress = RunProgress(value("progress"))
    checkpoint = try? members.json("checkpoint")
    metrics = RunMetrics(value("metrics")) ?? RunMetrics()
    failure = value("failure").flatMap { RunFailure($0) }
    logs = value("logs")?.elements?.compactMap { RunArtifact($0) } ?? []
    artifacts = value("artifacts")?.elements?.compactMap { RunArtifact($0) } ?? []
    retryOf = members.optionalText("retryOf")
    retriedBy = members.optionalText("retriedBy")
    keyId = members.optionalText("keyId")
    startedAt = members.optionalText("startedAt").flatMap { Timestamp($0) }
    updatedAt = try members.time("updatedAt")
    endedAt = members.optionalText("endedAt").flatMap { Timestamp($0) }
  }
}
