import CLinux
import Glibc

/// Watches over one command: feeds it, reads what it writes, and ends it when it is told to or when it takes too much.
struct CommandWatch: ~Copyable {
  private var child: ChildProcess
  private let definition: CommandDefinition
  private var input: ArraySlice<UInt8>
  private let deadline: ContinuousClock.Instant
  private let control: RunControl
  private var output: CommandOutput
  /// Readable when `control` has news.
  private let news = Descriptor(eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK)))
  /// Why it has been told to end.
  private var ending: RunOutcome?
  private var killAt: ContinuousClock.Instant?

  init(
    child: consuming ChildProcess, definition: CommandDefinition, input: [UInt8], deadline: ContinuousClock.Instant,
    reporter: RunReporter, control: RunControl
  ) {
    self.child = child
    self.definition = definition
    self.input = input[...]
    self.deadline = deadline
    self.control = control
    output = CommandOutput(limit: definition.outputBytes, reporter: reporter)
    for end in [self.child.input, self.child.output, self.child.error] { end?.makeNonBlocking() }
  }

  /// Returns when the command and its whole group have ended.
  consuming func run() -> RunOutcome {
    control.observe { [news] in
      var one: UInt64 = 1
      _ = write(news.number, &one, 8)
    }
    while !waitForSomething() {}
    control.observe(nil)
    // What it wrote before it ended is in the pipes.
    readAll()
    let status = child.end()
    if let ending { return ending }
    return output.outcome(ofStatus: status)
  }

  // MARK: One turn

  /// - Returns: whether the command has ended.
  private mutating func waitForSomething() -> Bool {
    var waiting = [
      pollfd(fd: child.ended.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: news.number, events: Int16(POLLIN), revents: 0),
      // A negative number is passed over.
      pollfd(fd: child.output?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.error?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.input?.number ?? -1, events: Int16(POLLOUT), revents: 0),
    ]
    _ = poll(&waiting, nfds_t(waiting.count), timeout())
    if waiting[0].revents != 0 { return true }
    if waiting[1].revents != 0 { hearNews() }
    if waiting[2].revents != 0 { readOutput() }
    if waiting[3].revents != 0 { readError() }
    if waiting[4].revents != 0 { feed() }
    checkTime()
    return false
  }

  private func timeout() -> Int32 {
    let next = killAt.map { min($0, .now + .seconds(60)) } ?? min(deadline, .now + .seconds(60))
    let wait = ContinuousClock.now.duration(to: next).components
    return Int32(clamping: max(0, wait.seconds * 1000 + wait.attoseconds / 1_000_000_000_000_000 + 1))
  }

  private mutating func hearNews() {
    var count: UInt64 = 0
    _ = Glibc.read(news.number, &count, 8)
    if let stop = control.stop { tellToEnd(stop.outcome) }
  }

  private mutating func checkTime() {
    if ending == nil, .now >= deadline {
      tellToEnd(.failure(RunFailure(.timeout, "it took longer than it may")))
    }
    if let killAt, .now >= killAt {
      child.signal(SIGKILL)
      self.killAt = .now + .seconds(60)
    }
  }

  /// SIGTERM now, SIGKILL when that was not enough.
  private mutating func tellToEnd(_ outcome: RunOutcome) {
    guard ending == nil else { return }
    ending = outcome
    child.signal(SIGTERM)
    // A command that is stopped (SIGSTOP) hears nothing until it goes on.
    child.signal(SIGCONT)
    killAt = .now + definition.grace
  }

  // MARK: Its streams

  private mutating func feed() {
    guard let pipe = child.input else { return }
    let count = input.withUnsafeBytes { write(pipe.number, $0.baseAddress, $0.count) }
    if count > 0 { input = input.dropFirst(count) }
    // A command that does not read its input has closed it, or ended; it may.
    if input.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { child.input = nil }
  }

  private mutating func readOutput() {
    if let pipe = child.output, !read(pipe, isError: false) { child.output = nil }
  }

  private mutating func readError() {
    if let pipe = child.error, !read(pipe, isError: true) { child.error = nil }
  }

  /// - Returns: whether there may be more.
  private mutating func read(_ pipe: Descriptor, isError: Bool) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(pipe.number, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
    output.take(buffer[..<count], isError: isError)
    if output.isTooMuch, ending == nil {
      ending = .failure(RunFailure(.outputLimit, "it wrote more than \(definition.outputBytes) bytes"))
      child.signal(SIGKILL)
    }
    return true
  }

  /// Reads what is in the pipes already; what is written by others of the group later is not waited for.
  private mutating func readAll() {
    for (pipe, isError) in [(child.output, false), (child.error, true)] {
      guard let pipe else { continue }
      var ready = pollfd(fd: pipe.number, events: Int16(POLLIN), revents: 0)
      while !output.isTooMuch, poll(&ready, 1, 0) > 0, read(pipe, isError: isError) {}
    }
    output.finish()
  }
}
