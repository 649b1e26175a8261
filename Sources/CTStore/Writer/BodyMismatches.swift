/// How often an id came again with another body, over all restarts: somebody has used one id for two events, and only
/// the first is stored.
package enum BodyMismatches {
  /// Where the count is kept.
  private static let key = DocumentKey("counters", "body-mismatches")

  /// In the transaction in which they were noticed.
  static func add(_ count: Int, to documents: DocumentTable) throws(StoreError) {
    guard count > 0 else { return }
    var members = DocumentMembers()
    members.add("count", try self.count(in: documents.get(key)) + count)
    try documents.put(key, body: members.bytes, if: .none, at: Clock.now)
  }

  /// All that a store has ever seen.
  package static func count(_ store: any Store) async throws(StoreError) -> Int {
    try count(in: await store.document(key))
  }

  private static func count(in document: Document?) throws(StoreError) -> Int {
    guard let document else { return 0 }
    return try DocumentMembers(parsing: document.body).integer("count")
  }
}
