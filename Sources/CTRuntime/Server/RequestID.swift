internal import Synchronization

/// Names one request in logs and problem details. Unique within a process, and as good as unique across them.
public struct RequestID: Sendable, Hashable, CustomStringConvertible {
  private let value: UInt64

  private static let next = Atomic<UInt64>(UInt64.random(in: 0...UInt64.max))

  public static func make() -> RequestID {
    RequestID(value: next.wrappingAdd(1, ordering: .relaxed).newValue)
  }

  /// `req_` and 16 hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return "req_" + String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
