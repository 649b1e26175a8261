internal import Glibc
internal import Synchronization

/// Tells a person on a terminal how far something is; says nothing where standard error is no terminal.
final class CommandProgress: Sendable {
  private let last = Mutex<ContinuousClock.Instant?>(nil)
  private let isShown = isatty(STDERR_FILENO) == 1

  private static let pause = Duration.milliseconds(200)

  /// Replaces the line that was told before, unless that was a moment ago.
  func tell(_ text: @autoclosure () -> String) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < Self.pause { return false }
      last = now
      return true
    }
    if isDue { put("\r\u{1b}[K\(text())") }
  }

  /// Removes the line.
  func end() { if isShown { put("\r\u{1b}[K") } }

  /// Says on standard error what is done next.
  @Sendable static func say(_ step: String) { TowerCommand.complain("\(step) …") }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
