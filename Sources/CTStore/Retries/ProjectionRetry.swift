import CTJSON

/// An event at which a projection has failed, and when it is tried again. Kept as a document, so that a restart does
/// not begin to count anew.
struct ProjectionRetry {
  let projection: String
  let seq: Int64
  var attempts: Int
  var error: String
  let firstFailedAt: Timestamp
  var due: Timestamp

  private static let collection = "projection-retries"

  static func key(_ projection: String) -> DocumentKey { DocumentKey(collection, projection) }

  var json: [UInt8] {
    var members = DocumentMembers()
    members.add("seq", Int(seq))
    members.add("attempts", attempts)
    members.add("error", error)
    members.add("firstFailedAt", firstFailedAt)
    members.add("due", due)
    return members.bytes
  }

  /// What a projection waits for; `nil` when it does not.
  static func load(_ projection: String, _ documents: DocumentTable) throws(StoreError) -> ProjectionRetry? {
    guard let document = try documents.get(key(projection)) else { return nil }
    let members = try DocumentMembers(parsing: document.body)
    return ProjectionRetry(
      projection: projection, seq: Int64(try members.integer("seq")), attempts: try members.integer("attempts"),
      error: try members.text("error"), firstFailedAt: try members.time("firstFailedAt"),
      due: try members.time("due"))
  }
}
