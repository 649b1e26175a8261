package import CTGenerated
package import CTSchedule
package import Foundation

/// When digests are made.
package struct DigestPlan: Sendable {
  /// The digest's hour.
  package var time: CTSchedule.LocalTime
  /// Where that hour and the dates are meant.
  package var zone: TimeZone

  /// - Throws: ``ConfigurationError`` for what the schema cannot tell.
  package init(_ configuration: DigestSettings = DigestSettings()) throws(ConfigurationError) {
    guard let time = CTSchedule.LocalTime(configuration.at) else {
      throw ConfigurationError(description: "digest.at is a time of day such as 08:00")
    }
    guard let zone = TimeZone(identifier: configuration.timeZone) else {
      throw ConfigurationError(
        description:
          "digest.timeZone '\(configuration.timeZone)' is no time zone of this machine; try Europe/London, and the package tzdata"
      )
    }
    self.time = time
    self.zone = zone
  }
}
