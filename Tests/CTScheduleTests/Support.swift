import CTJSON
import CTSchedule
import CTStore
import Foundation
import Glibc
import Synchronization

let london = TimeZone(identifier: "Europe/London")!

/// A clock that stands until the test moves it.
final class TestTime: Sendable {
  private let instant: Mutex<Timestamp>

  init(_ text: String) { instant = Mutex(Timestamp(text)!) }

  var now: Timestamp { instant.withLock { $0 } }
  func set(_ text: String) { instant.withLock { $0 = Timestamp(text)! } }
  func advance(seconds: Int) { instant.withLock { $0.microseconds += Int64(seconds) * 1_000_000 } }
}

/// Notes which runs were done, and fails as often as it is told to.
final class Diary: Sendable {
  struct Failure: Error, CustomStringConvertible { let description = "not today" }

  private let state = Mutex((runs: [ScheduledRun](), failures: 0))

  var runs: [ScheduledRun] { state.withLock { $0.runs } }
  var keys: [String] { runs.map(\.key) }
  func failNext(_ count: Int) { state.withLock { $0.failures = count } }

  func write(_ run: ScheduledRun) throws -> String {
    try state.withLock { state in
      if state.failures > 0 {
        state.failures -= 1
        throw Failure()
      }
      state.runs.append(run)
      return "run \(state.runs.count)"
    }
  }

  func job(_ schedule: Schedule, name: String = "test") -> ScheduledJob {
    ScheduledJob(name, schedule) { try self.write($0) }
  }
}

/// Opens a store on a fresh directory, runs `body`, and closes it.
func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
  var template = Array("/tmp/ct-schedule-XXXXXX".utf8CString)
  let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
  precondition(made, "cannot make a temporary directory")
  let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  defer { try? FileManager.default.removeItem(atPath: path) }
  let store = try await SQLiteStore.open(directory: path)
  do {
    try await body(store)
    await store.close()
  } catch {
    await store.close()
    throw error
  }
}
