internal import CTSpec

extension DiffRule {
  static let serverRemoved = DiffRule(
    "server-removed", .risky, "A server's address is another, or no longer there.",
    because: "Callers that use it have to move; whether it goes on answering is not in the document.")
  static let serverAdded = DiffRule(
    "server-added", .safe, "Another server's address is there.", because: "Nobody has to use it.")

  static let serverRules = [serverRemoved, serverAdded]
}

extension DiffRun {
  /// Compares addresses; what is said of a server concerns nobody.
  mutating func compareServers(_ old: OpenAPIDocument, _ new: OpenAPIDocument) {
    let (before, after) = (Self.addresses(old), Self.addresses(new))
    let (oldPlace, newPlace) = (Self.serversLocation(old), Self.serversLocation(new))
    for (address, location) in before where !after.contains(where: { $0.address == address }) {
      report(.serverRemoved, "", "the server '\(address)' is no longer there", old: location, new: newPlace)
    }
    for (address, location) in after where !before.contains(where: { $0.address == address }) {
      report(.serverAdded, "", "the server '\(address)' is new", old: oldPlace, new: location)
    }
  }

  /// Without a slash at the end, since paths begin with one. Without `servers` there is one at `/` (OpenAPI 3.1, section
  /// 4.8.1.1).
  private static func addresses(_ document: OpenAPIDocument) -> [(address: String, location: SourceLocation)] {
    if document.servers.isEmpty { return [("/", document.root.location)] }
    return document.servers.map { server in
      let address = server.url.hasSuffix("/") ? String(server.url.dropLast()) : server.url
      return (address.isEmpty ? "/" : address, server.location)
    }
  }

  private static func serversLocation(_ document: OpenAPIDocument) -> SourceLocation {
    document.root.member("servers")?.keyLocation ?? document.root.location
  }
}
