internal import CTCrypto
internal import CTGenerated
internal import CTRuntime

/// Why a configuration that is right by its schema cannot be used.
package struct ConfigurationError: Error, CustomStringConvertible {
  package let description: String
  /// The JSON Pointer of what is wrong, where it is one place of the configuration.
  package let pointer: String?

  package init(description: String, pointer: String? = nil) {
    self.description = description
    self.pointer = pointer
  }
}

extension TokenTable {
  /// The tokens of the configuration, and the secrets from the environment variables that it names.
  init(_ configuration: Configuration, clock: TowerClock) throws(ConfigurationError) {
    var entries: [Digest: Entry] = [:]
    let limits = configuration.rateLimits ?? RateLimits()
    for (place, token) in configuration.tokens.enumerated() {
      guard let digest = Digest(hex: token.sha256.utf8) else { continue }
      let principal = Principal(
        name: token.name, role: token.role.rawValue, source: token.source?.rawValue,
        bucket: limits.bucket(for: token.role))
      guard entries.updateValue(Entry(principal: principal, expires: token.expires), forKey: digest) == nil else {
        throw ConfigurationError(
          description: "the token '\(token.name)' has the same digest as another one",
          pointer: "/tokens/\(place)/sha256")
      }
    }
    var secrets: [[UInt8]] = []
    for (place, secret) in configuration.signature.secrets.enumerated() {
      let value = try secret.value(
        of: "the secret that bodies are signed with", minimumBytes: 16, at: "/signature/secrets/\(place)")
      secrets.append(Array(value.utf8))
    }
    self.init(entries: entries, secrets: secrets, clock: clock)
  }
}
