internal import CTGenerated
internal import CTJSON
internal import CTRuns
internal import Glibc

/// Writes the lines of a run's log as people read them. On a terminal the progress stands in the last line and is drawn
/// anew; elsewhere each step is a line.
struct RunConsole {
  private let isTerminal: Bool
  private let write: (String) -> Void
  private let now: () -> ContinuousClock.Instant
  private var progress: CTRuns.RunProgress?
  /// Where the progress stood when it was first heard of, for an estimate.
  private var origin: (done: Int, at: ContinuousClock.Instant)?

  init(
    isTerminal: Bool = isatty(STDOUT_FILENO) == 1, now: @escaping () -> ContinuousClock.Instant = { .now },
    write: @escaping (String) -> Void = {
      print($0, terminator: "")
      fflush(nil)
    }
  ) {
    self.isTerminal = isTerminal
    self.now = now
    self.write = write
  }

  mutating func show(_ line: RunLogLine) {
    // The time of day is enough for who watches.
    let time = line.at.description.dropFirst(11).prefix(8)
    let mark =
      switch line.stream {
      case .out: ""
      case .err: "! "
      case .tower: "* "
      }
    switch line.stream == .err ? nil : OutputMessage(line: line.text) {
    case .progress(let step, _)?: advance(to: step, time)
    // The metrics are shown at the end.
    case .result(_, nil)?: break
    case .result(_, let message?)?: put("\(time)  \(mark)\(Self.printable(message))")
    case .wrongResult?, nil: put("\(time)  \(mark)\(Self.printable(line.text))")
    }
  }

  /// Leaves the last state of the progress where it stands.
  mutating func end() {
    if isTerminal, progress != nil { write("\n") }
    progress = nil
  }

  private mutating func advance(to step: CTRuns.RunProgress, _ time: Substring) {
    if origin == nil || step.done < (progress?.done ?? 0) { origin = (step.done, now()) }
    progress = step
    if isTerminal { draw() } else { write("\(time)  \(Self.words(step))\n") }
  }

  private func put(_ text: String) {
    write(isTerminal && progress != nil ? "\(Self.clear)\(text)\n" : "\(text)\n")
    if isTerminal { draw() }
  }

  // MARK: Progress

  /// To the beginning of the line, which is emptied (ECMA-48, EL).
  private static let clear = "\r\u{1B}[K"
  private static let barWidth = 30

  private func draw() {
    guard let progress else { return }
    let part = progress.total > 0 ? min(1, Double(progress.done) / Double(progress.total)) : 0
    let full = Int(part * Double(Self.barWidth))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: Self.barWidth - full)
    write("\(Self.clear)[\(bar)] \(Self.words(progress))\(rest(progress))")
  }

  private static func words(_ progress: CTRuns.RunProgress) -> String {
    guard progress.total > 0 else { return "\(progress.done) done" }
    return "\(progress.done) of \(progress.total) (\(progress.done * 100 / progress.total) %)"
  }

  /// How long the rest takes if it goes on as it did; nothing as long as that cannot be told.
  private func rest(_ progress: CTRuns.RunProgress) -> String {
    guard let origin, progress.done > origin.done, progress.done < progress.total else { return "" }
    let seconds = Double((now() - origin.at).components.seconds) / Double(progress.done - origin.done)
    let left = Int(seconds * Double(progress.total - progress.done))
    return left < 2 ? "" : left < 120 ? ", \(left) s left" : ", \(left / 60) min left"
  }

  /// The text without what a terminal would act upon: it may have come from anywhere.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x09: scalar
          case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "?"
          case 0x7F..<0xA0: "?"
          default: scalar
          }
        }))
  }
}
