package import CTJSON
package import CTStore

/// A run as it is kept: what the spec shows of it, and what the tower needs to go on with it.
package struct RunRecord: Sendable, Hashable {
  package var runId: String
  package var trigger: String
  package var initiator: String
  /// A JSON object, redacted.
  package var inputs: [UInt8]
  /// The inputs as they were sent, encrypted, in base 64; `nil` when redaction changed nothing.
  package var sealedInputs: String?
  package var status = RunStatus.queued
  /// How often it was started.
  package var attempt = 0
  package var isCancelRequested = false
  package var isOverdue = false
  package var progress: RunProgress?
  /// From where to go on, as the executor gave it: a JSON object.
  package var checkpoint: [UInt8]?
  package var metrics = RunMetrics()
  package var failure: RunFailure?
  package var logs: [RunArtifact] = []
  package var artifacts: [RunArtifact] = []
  package var retryOf: String?
  package var retriedBy: String?
  /// The document that knows its idempotency key.
  package var keyId: String?
  package var createdAt: Timestamp
  package var startedAt: Timestamp?
  package var updatedAt: Timestamp
  package var endedAt: Timestamp?

  package init(runId: String, trigger: String, initiator: String, inputs: [UInt8], createdAt: Timestamp) {
    self.runId = runId
    self.trigger = trigger
    self.initiator = initiator
    self.inputs = inputs
    self.createdAt = createdAt
    updatedAt = createdAt
  }

  /// All runs, by id: in the order in which they were asked for.
  package static let collection = "runs"
  /// Runs that wait, by id.
  package static let queueCollection = "runs-queued"
  /// Runs that are under way, by id: which tower does them.
  package static let leaseCollection = "runs-leased"
  /// Idempotency keys, by a digest.
  package static let keyCollection = "runs-keys"

  package var key: DocumentKey { DocumentKey(Self.collection, runId) }
  var queueKey: DocumentKey { DocumentKey(Self.queueCollection, runId) }
  var leaseKey: DocumentKey { DocumentKey(Self.leaseCollection, runId) }
}
