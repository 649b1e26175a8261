package import CTGenerated
internal import CTJSON
internal import CTRuntime
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Structured logs: one JSON object a line on standard error. Never a body, a token or personal data.
///
/// Lines are written by a queue of their own, so that a reader that does not read stops nobody; what it then loses is
/// counted.
package final class Log: Sendable {
  private let queue = DispatchQueue(label: "log")
  private let waiting = Atomic(0)
  private let lost = Atomic(0)
  private let level: LoggingLevel
  private let clock: TowerClock
  private static let maximumWaiting = 10_000

  package init(level: LoggingLevel = .info, clock: TowerClock = .system) {
    self.level = level
    self.clock = clock
  }

  /// - Parameter fields: further members, in order.
  package func write(_ level: LoggingLevel, _ message: StaticString, _ fields: [(StaticString, LogValue)] = []) {
    guard level.severity >= self.level.severity else { return }
    guard waiting.add(1, ordering: .relaxed).newValue <= Self.maximumWaiting else {
      waiting.subtract(1, ordering: .relaxed)
      lost.add(1, ordering: .relaxed)
      return
    }
    let line = line(level, message, fields)
    queue.async { [self] in
      Self.put(line)
      waiting.subtract(1, ordering: .relaxed)
      reportLost()
    }
  }

  /// Waits until everything so far is written.
  package func flush() { queue.sync {} }

  private func reportLost() {
    let count = lost.exchange(0, ordering: .relaxed)
    if count > 0 {
      Self.put(line(.warning, "log lines were lost: nobody reads them fast enough", [("lost", .int(count))]))
    }
  }

  private func line(
    _ level: LoggingLevel, _ message: StaticString, _ fields: [(StaticString, LogValue)]
  ) -> [UInt8] {
    var output = JSONOutput()
    output.beginObject()
    output.name("time")
    clock.now().encode(to: &output)
    output.name("level")
    output.string(level.rawValue)
    output.name("message")
    output.string(message.description)
    for (name, value) in fields {
      output.name(name)
      switch value {
      case .string(let text): output.string(text)
      case .int(let number): number.encode(to: &output)
      }
    }
    output.endObject()
    return output.finish() + [UInt8(ascii: "\n")]
  }

  private static func put(_ line: [UInt8]) {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

package enum LogValue: Sendable {
  case string(String)
  case int(Int)
}

extension LoggingLevel {
  fileprivate var severity: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    }
  }
}
