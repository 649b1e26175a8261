package import CTJSON

/// The name of a document: a collection, such as `runs`, and an id in it.
package struct DocumentKey: Hashable, Sendable {
  package let collection: String
  package let id: String

  package init(_ collection: String, _ id: String) {
    self.collection = collection
    self.id = id
  }
}

/// Something that has a state, as JSON, with a version that each write raises by one.
package struct Document: Sendable {
  package let key: DocumentKey
  /// 1 after the first write.
  package let version: Int64
  package let updatedAt: Timestamp
  package let body: [UInt8]
}

/// What must be true of a document for a write to happen.
package enum Precondition: Sendable, Hashable {
  case none
  case exists
  case absent
  case version(Int64)
}

/// One write of a batch that happens as a whole or not at all.
package enum Write: Sendable {
  case put(DocumentKey, body: [UInt8], if: Precondition = .none)
  case delete(DocumentKey, if: Precondition = .none)
  /// An event of the tower's own, in the same commit as the state that it tells of.
  case append(EventRecord)
}
