package import CTJSON

/// A legal hold: what it names is not removed by retention, however old it is.
package struct Hold: Sendable, Hashable {
  /// What is held.
  package enum Scope: Sendable, Hashable {
    /// Everything that belongs together under this id, and the run of this id.
    case correlation(String)
    /// Everything that a system has sent.
    case system(String)
  }

  /// Why it holds nothing any more.
  package struct Release: Sendable, Hashable {
    package var by: String
    package var reason: String
    /// The name of the token that was used.
    package var token: String
    package var at: Timestamp

    package init(by: String, reason: String, token: String, at: Timestamp) {
      self.by = by
      self.reason = reason
      self.token = token
      self.at = at
    }
  }

  /// Sorts by the time it was placed at.
  package var id: String
  package var scope: Scope
  package var by: String
  package var reason: String
  /// The name of the token that was used.
  package var token: String
  package var placedAt: Timestamp
  package var release: Release?

  package init(id: String, scope: Scope, by: String, reason: String, token: String, placedAt: Timestamp) {
    self.id = id
    self.scope = scope
    self.by = by
    self.reason = reason
    self.token = token
    self.placedAt = placedAt
  }

  /// Holds that hold and those that were released are kept apart: the former are read again and again.
  package static let activeCollection = "holds-active"
  package static let releasedCollection = "holds-released"
  /// More than anybody can keep in mind.
  package static let maximumActive = 1000

  package var key: DocumentKey { DocumentKey(release == nil ? Self.activeCollection : Self.releasedCollection, id) }
}

extension Hold {
  package var json: [UInt8] {
    var members = DocumentMembers()
    members.add("id", id)
    switch scope {
    case .correlation(let correlation): members.add("correlationId", correlation)
    case .system(let system): members.add("system", system)
    }
    members.add("by", by)
    members.add("reason", reason)
    members.add("token", token)
    members.add("placedAt", placedAt)
    members.add("releasedBy", release?.by)
    members.add("releaseReason", release?.reason)
    members.add("releaseToken", release?.token)
    members.add("releasedAt", release?.at)
    return members.bytes
  }

  package init(json: [UInt8]) throws(StoreError) {
    let members = try DocumentMembers(parsing: json)
    id = try members.text("id")
    if let system = members.optionalText("system") {
      scope = .system(system)
    } else {
      scope = .correlation(try members.text("correlationId"))
    }
    by = try members.text("by")
    reason = try members.text("reason")
    token = try members.text("token")
    placedAt = try members.time("placedAt")
    guard members.optionalText("releasedAt") != nil else { return }
    release = Release(
      by: try members.text("releasedBy"), reason: try members.text("releaseReason"),
      token: try members.text("releaseToken"), at: try members.time("releasedAt"))
  }
}

/// All that is held now.
package struct Holds: Sendable, Hashable {
  package private(set) var correlations: Set<String> = []
  package private(set) var systems: Set<String> = []

  package init(_ holds: some Sequence<Hold>) {
    for hold in holds where hold.release == nil {
      switch hold.scope {
      case .correlation(let id): correlations.insert(id)
      case .system(let name): systems.insert(name)
      }
    }
  }

  package var isEmpty: Bool { correlations.isEmpty && systems.isEmpty }

  /// Whether an event of a system is held.
  package func keep(source: String, correlationId: String?) -> Bool {
    systems.contains(source) || correlationId.map(correlations.contains) ?? false
  }

  init(_ documents: DocumentTable) throws(StoreError) {
    let active = try documents.list(
      Hold.activeCollection, after: nil, descending: false, limit: Hold.maximumActive)
    var holds: [Hold] = []
    for document in active { holds.append(try Hold(json: document.body)) }
    self.init(holds)
  }
}
