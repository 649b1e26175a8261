package import CTChannels
package import CTGenerated
package import CTSchedule
package import Foundation

/// When digests are made, and who gets them by e-mail.
package struct DigestPlan: Sendable {
  /// Where the e-mail goes, and what may be in it.
  package struct Email: Sendable {
    package var channel: EmailChannel
    /// The recipients get what this role may read.
    package var role: String

    package init(channel: EmailChannel, role: String) {
      self.channel = channel
      self.role = role
    }
  }

  /// The digest's hour.
  package var time: CTSchedule.LocalTime
  /// Where that hour and the dates are meant.
  package var zone: TimeZone
  package var email: Email?

  /// - Throws: ``ConfigurationError`` for what the schema cannot tell.
  package init(
    _ configuration: DigestSettings = DigestSettings(), _ channels: ChannelTable = ChannelTable([:])
  ) throws(ConfigurationError) {
    guard let time = CTSchedule.LocalTime(configuration.at) else {
      throw ConfigurationError(
        description: "'\(configuration.at)' is no time of day such as 08:00", pointer: "/digest/at")
    }
    guard let zone = TimeZone(identifier: configuration.timeZone) else {
      throw ConfigurationError(
        description: "'\(configuration.timeZone)' is no time zone that this machine knows",
        pointer: "/digest/timeZone")
    }
    self.time = time
    self.zone = zone
    guard let settings = configuration.email else { return }
    guard let channel = channels.email(settings.channel) else {
      throw ConfigurationError(
        description: "there is no channel '\(settings.channel)' of the type email",
        pointer: "/digest/email/channel")
    }
    email = Email(channel: channel, role: settings.role.rawValue)
  }
}
