package import CTJSON

/// Something to be done that may fail for a passing reason: it is tried until it succeeds or becomes a dead letter.
package struct Job: Sendable, Hashable {
  /// The same for all attempts: what a handler tells a repeat by.
  package var id: String
  /// Names the handler.
  package var kind: String
  /// A JSON object.
  package var payload: [UInt8]
  /// The event that it is about, if it is about one.
  package var eventId: String?
  package var createdAt: Timestamp
  /// Failures so far.
  package var attempts = 0
  package var due: Timestamp
  package var firstFailedAt: Timestamp?
  package var error: String?

  package init(id: String, kind: String, payload: [UInt8], eventId: String? = nil, createdAt: Timestamp) {
    self.id = id
    self.kind = kind
    self.payload = payload
    self.eventId = eventId
    self.createdAt = createdAt
    due = createdAt
  }

  /// All jobs, by id.
  package static let collection = "jobs"
  /// An empty document for each, by the time it is due at.
  package static let dueCollection = "jobs-due"

  package var key: DocumentKey { DocumentKey(Self.collection, id) }

  package var dueKey: DocumentKey {
    DocumentKey(Self.dueCollection, TimedID.hexadecimal(UInt64(bitPattern: max(0, due.microseconds))) + "_" + id)
  }

  /// The id of the job that an entry of ``dueCollection`` is about.
  package static func id(ofDue id: String) -> String { String(id.dropFirst(17)) }
}

extension Job {
  /// What puts a new job into the queue, in a commit with whatever else belongs to it; refused as `precondition-failed`
  /// when there is a job of this id.
  package var enqueueing: [Write] { [.put(key, body: json, if: .absent), .put(dueKey, body: Self.empty)] }

  /// What takes it out.
  package var removal: [Write] { [.delete(key, if: .exists), .delete(dueKey)] }

  /// What makes it wait for its next attempt.
  package func rescheduling(from old: Job) -> [Write] {
    [.put(key, body: json, if: .exists), .delete(old.dueKey), .put(dueKey, body: Self.empty)]
  }

  private static let empty = Array("{}".utf8)

  package var json: [UInt8] {
    var members = DocumentMembers()
    members.add("id", id)
    members.add("kind", kind)
    members.add("payload", json: payload)
    members.add("eventId", eventId)
    members.add("createdAt", createdAt)
    members.add("attempts", attempts)
    members.add("due", due)
    members.add("firstFailedAt", firstFailedAt)
    members.add("error", error)
    return members.bytes
  }

  package init(json: [UInt8]) throws(StoreError) {
    let members = try DocumentMembers(parsing: json)
    id = try members.text("id")
    kind = try members.text("kind")
    payload = try members.json("payload")
    eventId = members.optionalText("eventId")
    createdAt = try members.time("createdAt")
    attempts = try members.integer("attempts")
    due = try members.time("due")
    firstFailedAt = members.optionalText("firstFailedAt").flatMap { Timestamp($0) }
    error = members.optionalText("error")
  }
}
