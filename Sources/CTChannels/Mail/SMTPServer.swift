package import CTHTTP

/// A mail server that takes messages for others (RFC 6409), and how to reach it.
package struct SMTPServer: Sendable {
  /// How the connection is protected. Certificates are always verified.
  package enum Security: String, Sendable, CaseIterable {
    /// Begins in clear text and goes on over TLS; a server that does not offer that gets nothing (RFC 3207).
    case starttls
    /// TLS from the first octet (RFC 8314).
    case tls
    /// None: for a relay on this machine or its private network.
    case none
  }

  package struct Login: Sendable {
    package var user: String
    package var password: String

    package init(user: String, password: String) {
      self.user = user
      self.password = password
    }
  }

  /// A name, or an address without brackets.
  package var host: String
  package var port: UInt16
  package var security: Security
  package var login: Login?
  /// The PEM file with the certificates that are trusted; nil for the system's.
  package var authorities: String?
  package var outbound: OutboundPolicy
  /// For connecting.
  package var connectTimeout = Duration.seconds(10)
  /// For all of it.
  package var timeout = Duration.seconds(60)

  package init(
    host: String, port: UInt16, security: Security, login: Login? = nil, authorities: String? = nil,
    outbound: OutboundPolicy
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.login = login
    self.authorities = authorities
    self.outbound = outbound
  }

  /// As libcurl takes it.
  var url: String { "\(security == .tls ? "smtps" : "smtp")://\(name)" }

  /// For messages to people.
  var name: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
