internal import CTCrypto

/// A bearer token by the name it is known under: a role (`maintainer`), or a producer's source (`finance`).
package struct Credential: Sendable, Hashable {
  package let name: String
  package let token: String

  /// The environment variable that holds it, and by which a reproduction calls it.
  package var variable: String { Self.variable(of: name) }

  /// The name of a token that was valid once: it is shown only to see that it is refused.
  package static let expired = "expired"

  package static func variable(of name: String) -> String { "CT_TOKEN_\(name.uppercased())" }
  package static func option(of name: String) -> String { "--token-\(name)" }
}

/// What the run may show to the deployment.
package struct Credentials: Sendable {
  package static let secretVariable = "CT_WEBHOOK_SECRET"

  private let tokens: [String: String]
  package let secret: String?
  /// The environment variables by which a reproduction calls tokens, where they have names of their own.
  let variables: [String: String]
  let secretVariable: String
  private let key: HMACKey?

  package init(
    tokens: [String: String], secret: String?, variables: [String: String] = [:],
    secretVariable: String = Credentials.secretVariable
  ) {
    self.tokens = tokens
    self.secret = secret
    self.variables = variables
    self.secretVariable = secretVariable
    key = secret.map { HMACKey($0.utf8) }
  }

  package subscript(_ name: String) -> Credential? {
    tokens[name].map { Credential(name: name, token: $0) }
  }

  /// Sorted.
  package var names: [String] { tokens.keys.sorted() }

  /// The tag of a body, in lower-case hexadecimal digits; nil without a secret.
  package func tag(of body: [UInt8]) -> String? { key?.tag(body).hex }

  /// The options that a check would need and that are not there.
  package func missing(_ needs: Check.Needs) -> [String] {
    var options = needs.tokens.filter { tokens[$0] == nil }.map(Credential.option)
    if needs.secret, secret == nil { options.append("--secret") }
    return options
  }
}
