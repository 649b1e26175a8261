/// What a command writes: line by line into the log, and from its standard output what is meant for the tower.
struct CommandOutput {
  private let limit: Int
  private let reporter: RunReporter
  private var out = LineSplitter()
  private var err = LineSplitter()
  private var taken = 0
  /// What the last line of the standard output says.
  private var last: OutputMessage?
  private var lastMetrics = RunMetrics()

  /// A line costs so much more than its bytes, so that a flood of short lines ends, too.
  private static let lineCost = 32

  init(limit: Int, reporter: RunReporter) {
    self.limit = limit
    self.reporter = reporter
  }

  /// Whether it has written more than it may; what came then is not in the log.
  var isTooMuch: Bool { taken > limit }

  mutating func take(_ bytes: ArraySlice<UInt8>, isError: Bool) {
    guard !isTooMuch else { return }
    let kept = affordable(bytes)
    taken += Self.cost(of: bytes)
    var lines: [String] = []
    if isError { err.take(kept) { lines.append($0) } } else { out.take(kept) { lines.append($0) } }
    for line in lines { hear(line, isError: isError) }
  }

  private static func cost(of bytes: ArraySlice<UInt8>) -> Int {
    bytes.count + lineCost * bytes.count(where: { $0 == UInt8(ascii: "\n") })
  }

  /// As much from the front as it may still write.
  private func affordable(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var left = limit - taken
    if Self.cost(of: bytes) <= left { return bytes }
    let end = bytes.firstIndex { byte in
      left -= byte == UInt8(ascii: "\n") ? 1 + Self.lineCost : 1
      return left < 0
    }
    return bytes[..<(end ?? bytes.endIndex)]
  }

  /// Takes what came after the last line breaks.
  mutating func finish() {
    var (outLine, errLine): (String?, String?)
    out.flush { outLine = $0 }
    err.flush { errLine = $0 }
    if let outLine { hear(outLine, isError: false) }
    if let errLine { hear(errLine, isError: true) }
  }

  private mutating func hear(_ line: String, isError: Bool) {
    reporter.log.write(isError ? .err : .out, line)
    guard !isError else { return }
    last = OutputMessage(line: line)
    switch last {
    case .progress(let progress, let checkpoint): reporter.progress(progress, checkpoint)
    case .result(let metrics, _): lastMetrics = metrics
    case .wrongResult, nil: break
    }
  }

  /// What a command that ended by itself came to.
  /// - Parameter status: as `waitpid(2)` has it.
  func outcome(ofStatus status: Int32) -> RunOutcome {
    let signal = status & 0x7f
    let exitStatus = Int(status >> 8) & 0xff
    if signal != 0 {
      return .failure(RunFailure(.signal, "the command was ended by signal \(signal)"), lastMetrics)
    }
    if exitStatus != 0 {
      var message = "the command ended with status \(exitStatus)"
      if case .result(_, let said?) = last { message += ": \(said)" }
      return .failure(RunFailure(.exitStatus, message, exitStatus: exitStatus), lastMetrics)
    }
    switch last {
    case .result(let metrics, _): return .success(metrics)
    case .wrongResult(let fault): return .failure(RunFailure(.noResult, "the result is not one: \(fault)"))
    case .progress, nil:
      let message = #"the last line of its output is no result, such as {"metrics":{"documentsGenerated":3}}"#
      return .failure(RunFailure(.noResult, message))
    }
  }
}
