package import CTChannels
package import CTGenerated
internal import CTHTTP

/// The channels of the configuration, by name, with their secrets.
package struct ChannelTable: Sendable {
  private let channels: [String: any Channel]

  package init(_ channels: [String: any Channel]) { self.channels = channels }

  /// - Parameter only: makes this channel alone, so that the secrets of the others need not be there.
  /// - Throws: ``ConfigurationError`` for what cannot be used although it is right by its schema.
  package init(_ configuration: Configuration, clock: TowerClock, only: String? = nil) throws(ConfigurationError) {
    let maker = ChannelMaker(
      outbound: try OutboundPolicy(configuration.outbound), smtp: configuration.smtp, clock: clock)
    var channels: [String: any Channel] = [:]
    for (place, settings) in (configuration.channels ?? []).enumerated()
    where only == nil || settings.name == only {
      guard channels[settings.name] == nil else {
        throw ConfigurationError(
          description: "there are two channels called '\(settings.name)'", pointer: "/channels/\(place)/name")
      }
      channels[settings.name] = try maker.channel(settings, at: "/channels/\(place)")
    }
    self.channels = channels
  }

  package var names: [String] { channels.keys.sorted() }

  package subscript(name: String) -> (any Channel)? { channels[name] }

  /// A channel of the type email, for mail that is about no alert.
  package func email(_ name: String) -> EmailChannel? { channels[name] as? EmailChannel }
}

extension ChannelSettings {
  package var name: String {
    switch self {
    case .email(let settings): settings.name
    case .slack(let settings): settings.name
    case .webhook(let settings): settings.name
    case .pagerduty(let settings): settings.name
    }
  }

  /// As `type` says it.
  package var type: String {
    switch self {
    case .email: "email"
    case .slack: "slack"
    case .webhook: "webhook"
    case .pagerduty: "pagerduty"
    }
  }
}
