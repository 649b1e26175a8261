internal import CTCrypto
package import CTJSON
internal import Glibc

/// The name of a run. It determines every byte that the run sends; another one makes all ids new, so that a run can be
/// repeated against a deployment that never forgets.
package struct RunID: Sendable, Hashable, CustomStringConvertible {
  package let text: String
  /// The instant of the run's events: that of a name which begins with one (`20250927t100000…`), else the seed's.
  package let instant: Timestamp

  /// Nil unless it is 1 to 64 lower-case letters, digits and hyphens, the first no hyphen.
  package init?(_ text: String) {
    let isName = text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "-") }
    guard isName, !text.hasPrefix("-"), 1...64 ~= text.utf8.count else { return nil }
    self.text = text
    instant = Self.instant(of: text) ?? Timestamp(microseconds: 1_758_967_200_000_000)
  }

  /// A new name: the time now, and enough chance to tell runs of one second apart.
  package static func fresh() -> RunID {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let digits = Timestamp(microseconds: Int64(now.tv_sec) * 1_000_000).description.lowercased()
      .filter { $0 != "-" && $0 != ":" && $0 != "z" }
    let name = "\(digits)-\(Hex.encode(SecureRandom.bytes(4)))"
    guard let id = RunID(name) else { preconditionFailure("\(name) is no name of a run") }
    return id
  }

  /// What all ids begin with that a run of this name makes.
  package var prefix: String { "\(Self.common)\(text)" }

  private static let common = "ctconform_"

  /// Whether an event was sent by some run.
  static func isOwn(_ eventID: String) -> Bool { eventID.hasPrefix(common) }

  /// The id of one of the run's events.
  package func eventID(_ name: String) -> String { "\(prefix)_\(name)" }

  package var description: String { text }

  private static func instant(of text: String) -> Timestamp? {
    let head = Array(text.utf8.prefix(15))
    guard head.count == 15, head[8] == UInt8(ascii: "t") else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: head[range], as: UTF8.self) }
    return Timestamp(
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z")
  }
}
