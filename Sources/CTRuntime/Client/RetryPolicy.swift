internal import CTHTTP
internal import CTJSON

/// When a client tries again: after a 429 or 503 that says when, as often and as late as is allowed here.
///
/// Such an answer means that the request was not carried out, so that repeating it is safe whatever it was; it is
/// repeated byte for byte, with the same signature. An answer without `Retry-After` goes to the caller.
public struct RetryPolicy: Sendable {
  /// How often, after the first time.
  public var attempts: Int
  /// A longer wait is not waited for: the answer goes to the caller.
  public var longest: Duration
  /// Waits; tests do not.
  public var sleep: @Sendable (Duration) async throws -> Void

  public init(
    attempts: Int = 2, longest: Duration = .seconds(60),
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.attempts = attempts
    self.longest = longest
    self.sleep = sleep
  }

  /// Never again.
  public static let never = RetryPolicy(attempts: 0)

  /// How long to wait; `nil` where the answer is final.
  func delay(after response: ClientResponse) -> Duration? {
    guard response.status == 429 || response.status == 503, let value = response.fields.value(of: "retry-after") else {
      return nil
    }
    guard let delay = Self.seconds(value, date: response.fields.value(of: "date")), delay <= longest else { return nil }
    return delay
  }

  /// Seconds, or an instant (RFC 9110, section 10.2.3), which is held against the clock that the server itself shows.
  private static func seconds(_ value: String, date: String?) -> Duration? {
    if !value.isEmpty, value.utf8.allSatisfy({ 48...57 ~= $0 }) { return Int(value).map { .seconds($0) } }
    guard let instant = HTTPDate.seconds(value), let now = date.flatMap(HTTPDate.seconds) else { return nil }
    return .seconds(max(0, instant - now))
  }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7); the two obsolete forms are not read.
enum HTTPDate {
  private static let months = [
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06", "Jul": "07", "Aug": "08", "Sep": "09",
    "Oct": "10", "Nov": "11", "Dec": "12",
  ]

  /// Seconds since 1970.
  static func seconds(_ text: String) -> Int? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
      let month = months[String(parts[2])]
    else { return nil }
    return Timestamp("\(parts[3])-\(month)-\(parts[1])T\(parts[4])Z").map { Int($0.microseconds / 1_000_000) }
  }
}
