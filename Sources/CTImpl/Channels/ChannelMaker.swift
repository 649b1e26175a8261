internal import CTChannels
internal import CTGenerated
internal import CTHTTP

/// Makes channels of their settings.
struct ChannelMaker {
  let outbound: OutboundPolicy
  let smtp: MailServer?
  let clock: TowerClock

  /// - Parameter pointer: where the settings stand in the configuration, for errors.
  func channel(_ settings: ChannelSettings, at pointer: String) throws(ConfigurationError) -> any Channel {
    let urlPlace = pointer + "/url"
    switch settings {
    case .email(let settings): return try email(settings, at: pointer)
    case .slack(let settings):
      let text = try settings.url.value(of: "the webhook's URL", at: urlPlace)
      return SlackChannel(url: try url(text, at: urlPlace), courier: courier)
    case .webhook(let settings): return try webhook(settings, at: pointer)
    case .pagerduty(let settings):
      let key = try settings.routingKey.value(of: "the integration's routing key", at: pointer + "/routingKey")
      return PagerDutyChannel(url: try url(settings.url, at: urlPlace), routingKey: key, courier: courier)
    }
  }

  private var courier: Courier { Courier(outbound: outbound) }

  private func webhook(_ settings: WebhookSettings, at pointer: String) throws(ConfigurationError) -> WebhookChannel {
    let secret = try settings.secret.value(
      of: "the secret that the receiver checks signatures with", minimumBytes: 16, at: pointer + "/secret")
    return WebhookChannel(
      url: try url(settings.url, at: pointer + "/url"), secret: Array(secret.utf8),
      token: try settings.token?.value(of: "the receiver's bearer token", at: pointer + "/token"), courier: courier,
      now: clock.now)
  }

  /// The text is not repeated in the error: it may be a secret.
  private func url(_ text: String, at pointer: String) throws(ConfigurationError) -> URLParts {
    guard let url = URLParts(text) else {
      throw ConfigurationError(
        description: "this is no URL: it begins with https://, and has no user and no fragment", pointer: pointer)
    }
    return url
  }

  // MARK: Mail

  private func email(_ settings: EmailSettings, at pointer: String) throws(ConfigurationError) -> EmailChannel {
    guard let smtp else {
      throw ConfigurationError(
        description: "the channel '\(settings.name)' sends mail: name the mail server in the section smtp",
        pointer: pointer)
    }
    var recipients: [Mailbox] = []
    for (place, text) in settings.to.enumerated() {
      recipients.append(try mailbox(text, at: "\(pointer)/to/\(place)"))
    }
    return EmailChannel(
      from: try mailbox(smtp.from, at: "/smtp/from"), to: recipients, mailer: SMTPMailer(server: try server(smtp)))
  }

  private func mailbox(_ text: String, at pointer: String) throws(ConfigurationError) -> Mailbox {
    guard let mailbox = Mailbox(text) else {
      throw ConfigurationError(
        description: "'\(text)' is no mail address such as 'Control Tower <tower@example.com>'", pointer: pointer)
    }
    return mailbox
  }

  private func server(_ smtp: MailServer) throws(ConfigurationError) -> SMTPServer {
    var login: SMTPServer.Login?
    if let user = smtp.username, let password = smtp.password {
      guard smtp.security != .none else {
        throw ConfigurationError(
          description: "a password is never sent without TLS; set security to starttls or tls, or do not log in",
          pointer: "/smtp/security")
      }
      login = .init(
        user: user, password: try password.value(of: "the password of the mail server's user", at: "/smtp/password"))
    }
    let security: SMTPServer.Security =
      switch smtp.security {
      case .starttls: .starttls
      case .tls: .tls
      case .none: .none
      }
    return SMTPServer(
      host: smtp.host, port: UInt16(smtp.port), security: security, login: login, authorities: smtp.authorities,
      outbound: outbound)
  }
}
