package import CTArtifacts
internal import CTCrypto
internal import CTJSON
package import CTStore

/// Bodies of events as they came, encrypted with AES-256-GCM.
///
/// A body is sealed before any handler sees it, and put into the artifact store before its event goes into the log: an
/// event that is acknowledged has its original. When the tower dies between the two, the sender has no answer and
/// repeats the request; what it never repeats is removed when it is as old as events may become.
package struct OriginalVault: Sendable {
  package static let prefix = "originals/"

  private let artifacts: any ArtifactStore
  private let key: AEADKey

  package init(artifacts: any ArtifactStore, keys: StoreKeys) {
    self.artifacts = artifacts
    key = keys.originals
  }

  /// What seals a body as it comes in. It is bound to the body's keyed digest, which the event has too.
  package static func sealer(_ keys: StoreKeys) -> @Sendable ([UInt8]) -> [UInt8] {
    { body in keys.originals.seal(body, context: keys.body.tag(body).bytes) }
  }

  /// Stores the sealed body of an event, unless it is there. - Returns: its name; `nil` when there is no body.
  func put(_ sealed: [UInt8]?, of event: EventRecord) async throws -> ArtifactName? {
    guard let sealed, let name = Self.name(event.eventId, event.bodyDigest) else { return nil }
    if try await artifacts.artifact(name) != nil { return name }
    try await artifacts.put(name, mediaType: "application/octet-stream", at: event.receivedAt, sealed)
    return name
  }

  func delete(_ name: ArtifactName) async throws(ArtifactError) { try await artifacts.delete(name) }

  /// The body of an event as it came; `nil` when it was not kept.
  func open(_ event: EventRecord) async throws -> [UInt8]? {
    guard let name = Self.name(event.eventId, event.bodyDigest), let sealed = try await artifacts.contents(of: name)
    else { return nil }
    guard let body = key.open(sealed, context: event.bodyDigest.bytes) else {
      throw ArtifactError(.damaged, "\(name) cannot be opened with this store's key")
    }
    return body
  }

  // MARK: Retention

  /// Whether there are any, perhaps from a time when they were kept.
  func isEmpty() async throws -> Bool {
    try await artifacts.list(prefix: Self.prefix, after: nil, limit: 1).isEmpty
  }

  /// Removes the originals of events that are about to go.
  func forget(_ events: [ExpiredEvent]) async throws {
    for event in events {
      if let name = Self.name(event.eventId, event.bodyDigest) { try await artifacts.delete(name) }
    }
  }

  /// Removes what was put before an instant and whose event never came, and gives the space back.
  /// - Parameter kept: old events that are still there.
  func sweep(before limit: Timestamp, kept: [ExpiredEvent]) async throws {
    let names = Set(kept.compactMap { Self.name($0.eventId, $0.bodyDigest) })
    try await artifacts.delete(prefix: Self.prefix) { $0.createdAt >= limit || names.contains($0.name) }
    try await artifacts.reclaim()
  }

  /// The id is hashed: it may have characters that no name has.
  private static func name(_ eventId: String, _ bodyDigest: Digest) -> ArtifactName? {
    let id = SHA256.hash(eventId.utf8).hex
    return ArtifactName("\(prefix)\(id.prefix(2))/\(id)/\(bodyDigest.hex)")
  }
}
