internal import CTCrypto
internal import CTGenerated
internal import CTJSON
internal import CTRuntime

extension TokenTable {
  /// The well-known tokens and secret of the smoke plan (seed, section 7), for `--dev` only.
  static func development(clock: TowerClock) -> TokenTable {
    var entries: [Digest: Entry] = [:]
    func add(_ token: String, _ principal: Principal, expires: Timestamp? = nil) {
      entries[SHA256.hash(token.utf8)] = Entry(principal: principal, expires: expires)
    }
    for source in TokenSource.allCases {
      let name = source.rawValue
      add("DEV_TOKEN_\(name.uppercased())", Principal(name: "dev-\(name)", role: "producer", source: name))
    }
    for role in TokenRole.allCases where role != .producer {
      add("DEV_TOKEN_\(role.rawValue.uppercased())", Principal(name: "dev-\(role.rawValue)", role: role.rawValue))
    }
    // To see that what has expired is refused.
    add(
      "DEV_TOKEN_EXPIRED", Principal(name: "dev-expired", role: TokenRole.owner.rawValue),
      expires: Timestamp(microseconds: 0))
    return TokenTable(entries: entries, secrets: [Array(developmentSecret.utf8)], clock: clock)
  }

  static let developmentSecret = "replace-with-CT_WEBHOOK_SECRET"
}
