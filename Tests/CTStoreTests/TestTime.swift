import CTJSON
import Synchronization

/// A clock that stands until the test moves it.
final class TestTime: Sendable {
  static let start: Int64 = 1_700_000_000_000_000
  private let instant = Mutex(Timestamp(microseconds: TestTime.start))

  var now: Timestamp { instant.withLock { $0 } }

  func advance(by microseconds: Int64) { instant.withLock { $0.microseconds += microseconds } }
}
