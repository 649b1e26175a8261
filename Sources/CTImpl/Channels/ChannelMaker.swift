internal import CTChannels
internal import CTGenerated
internal import CTHTTP

/// Makes channels of their settings.
struct ChannelMaker {
  let outbound: OutboundPolicy
  let smtp: MailServer?
  let clock: TowerClock

  func channel(_ settings: ChannelSettings) throws(ConfigurationError) -> any Channel {
    switch settings {
    case .email(let settings): try email(settings)
    case .slack(let settings):
      SlackChannel(url: try url(try settings.url.value(of: "the webhook's URL"), settings.name), courier: courier)
    case .webhook(let settings): try webhook(settings)
    case .pagerduty(let settings):
      PagerDutyChannel(
        url: try url(settings.url, settings.name),
        routingKey: try settings.routingKey.value(of: "the integration's routing key"), courier: courier)
    }
  }

  private var courier: Courier { Courier(outbound: outbound) }

  private func webhook(_ settings: WebhookSettings) throws(ConfigurationError) -> WebhookChannel {
    let secret = try settings.secret.value(of: "the secret that the receiver checks signatures with", minimumBytes: 16)
    return WebhookChannel(
      url: try url(settings.url, settings.name), secret: Array(secret.utf8),
      token: try settings.token?.value(of: "the receiver's bearer token"), courier: courier, now: clock.now)
  }

  /// The text is not repeated in the error: it may be a secret.
  private func url(_ text: String, _ name: String) throws(ConfigurationError) -> URLParts {
    guard let url = URLParts(text) else {
      throw ConfigurationError(
        description:
          "the URL of the channel '\(name)' is none: it begins with https://, and has no user and no fragment")
    }
    return url
  }

  // MARK: Mail

  private func email(_ settings: EmailSettings) throws(ConfigurationError) -> EmailChannel {
    guard let smtp else {
      throw ConfigurationError(
        description: "the channel '\(settings.name)' sends mail: name the mail server in the section smtp")
    }
    var recipients: [Mailbox] = []
    for text in settings.to { recipients.append(try mailbox(text, "the channel '\(settings.name)'")) }
    return EmailChannel(
      from: try mailbox(smtp.from, "smtp.from"), to: recipients, mailer: SMTPMailer(server: try server(smtp)))
  }

  private func mailbox(_ text: String, _ place: String) throws(ConfigurationError) -> Mailbox {
    guard let mailbox = Mailbox(text) else {
      throw ConfigurationError(
        description: "\(place): '\(text)' is no mail address such as 'Control Tower <tower@example.com>'")
    }
    return mailbox
  }

  private func server(_ smtp: MailServer) throws(ConfigurationError) -> SMTPServer {
    var login: SMTPServer.Login?
    if let user = smtp.username, let password = smtp.password {
      guard smtp.security != .none else {
        throw ConfigurationError(
          description: "smtp: a password is never sent without TLS; set security to starttls or tls, or do not log in")
      }
      login = .init(user: user, password: try password.value(of: "the password of the mail server's user"))
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
