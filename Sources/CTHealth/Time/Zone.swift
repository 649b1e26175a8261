private import Foundation

/// A time zone of the IANA database, with its changes between winter and summer time.
struct Zone: Sendable {
  private let zone: TimeZone

  /// `nil` when there is no zone of this name.
  init?(_ name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    self.zone = zone
  }

  /// Seconds east of UTC at an instant, in seconds since 1970.
  func offset(at second: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second))))
  }

  /// The instant, in seconds since 1970, at which clocks on the wall show so many seconds since 1970-01-01T00:00:00.
  ///
  /// A time that is skipped in spring becomes the instant of the change; one that comes twice in autumn, the first.
  func instant(ofLocal local: Int64) -> Int64 {
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    let early = local - max(before, after)
    let late = local - min(before, after)
    if early + offset(at: early) == local { return early }
    if late + offset(at: late) == local { return late }
    // Skipped: the change lies between the two.
    var low = early
    var high = late
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == before { low = middle } else { high = middle }
    }
    return high
  }
}
