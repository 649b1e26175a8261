internal import CTCrypto
internal import CTGenerated
internal import CTRuntime
internal import Glibc

/// Why a configuration that is right by its schema cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
  let description: String
}

extension TokenTable {
  /// The tokens of the configuration, and the secrets from the environment variables that it names.
  init(_ configuration: Configuration, clock: TowerClock) throws(ConfigurationError) {
    var entries: [Digest: Entry] = [:]
    for token in configuration.tokens {
      guard let digest = Digest(hex: token.sha256.utf8) else { continue }
      let principal = Principal(name: token.name, role: token.role.rawValue, source: token.source?.rawValue)
      guard entries.updateValue(Entry(principal: principal, expires: token.expires), forKey: digest) == nil else {
        throw ConfigurationError(description: "the token '\(token.name)' has the same digest as another one")
      }
    }
    var secrets: [[UInt8]] = []
    for secret in configuration.signature.secrets { secrets.append(try Self.secret(named: secret.env)) }
    self.init(entries: entries, secrets: secrets, clock: clock)
  }

  private static let minimumSecretBytes = 16

  /// A secret from the environment.
  static func secret(named name: String) throws(ConfigurationError) -> [UInt8] {
    guard let value = getenv(name) else {
      throw ConfigurationError(
        description:
          "the environment variable \(name) is not set; it has to hold a secret that the configuration names")
    }
    let bytes = Array(String(cString: value).utf8)
    guard bytes.count >= minimumSecretBytes else {
      throw ConfigurationError(
        description: "the secret in \(name) is shorter than \(minimumSecretBytes) bytes; try: openssl rand -hex 32")
    }
    return bytes
  }
}
