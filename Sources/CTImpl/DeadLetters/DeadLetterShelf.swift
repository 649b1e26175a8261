internal import CTHTTP
internal import CTRuntime
internal import CTStore

/// Reads dead letters.
struct DeadLetterShelf {
  let store: any Store

  /// A letter, with the version of its document; a 404 when there is none.
  func find(_ id: String) async throws -> (letter: CTStore.DeadLetter, version: Int64) {
    for collection in [CTStore.DeadLetter.openCollection, CTStore.DeadLetter.closedCollection] {
      if let document = try await store.document(DocumentKey(collection, id)) {
        return (try CTStore.DeadLetter(json: document.body), document.version)
      }
    }
    throw ProblemDetails(.notFound, "There is no dead letter with this id.")
  }

  /// Letters before `id`, newest first, and where the next page starts when there may be more.
  func page(
    _ filter: DeadLetterFilter, before id: String?, limit: Int
  ) async throws(StoreError) -> (letters: [CTStore.DeadLetter], next: String?) {
    var letters: [CTStore.DeadLetter] = []
    var bound: String?
    for collection in filter.collections {
      let (found, end) = try await scan(collection, filter, before: id, limit: limit + 1)
      letters += found
      // Behind the place where one scan gave up, the other's letters have to wait for the next page.
      if let end { bound = max(bound ?? end, end) }
    }
    letters.sort { $0.id > $1.id }
    if let bound { letters.removeAll { $0.id < bound } }
    guard letters.count > limit else { return (letters, bound) }
    letters.removeSubrange(limit...)
    return (letters, letters.last?.id)
  }

  /// So many documents are looked at in one request, whatever the filter lets through.
  private static let scanLimit = 10_000

  private func scan(
    _ collection: String, _ filter: DeadLetterFilter, before id: String?, limit: Int
  ) async throws(StoreError) -> (letters: [CTStore.DeadLetter], end: String?) {
    var letters: [CTStore.DeadLetter] = []
    var last = id
    var looked = 0
    while true {
      let documents = try await store.documents(in: collection, after: last, descending: true, limit: 500)
      for document in documents {
        let letter = try CTStore.DeadLetter(json: document.body)
        if filter.matches(letter) { letters.append(letter) }
        if letters.count == limit { return (letters, nil) }
      }
      looked += documents.count
      guard documents.count == 500, let end = documents.last?.key.id else { return (letters, nil) }
      last = end
      if looked >= Self.scanLimit { return (letters, end) }
    }
  }
}
