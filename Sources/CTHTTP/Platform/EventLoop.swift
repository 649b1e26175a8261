import CLinux
import Glibc
import Synchronization

/// One thread's loop, as the executor of the tasks that run on it. Any thread may enqueue; the eventfd is written only
/// when the loop may be asleep, so a thread that resumes a whole batch makes one system call.
final class EventLoop: TaskExecutor {
  private struct Inbox {
    var jobs: [UnownedJob] = []
    var commands: [LoopCommand] = []
    var isAsleep = false
    var isClosed = false
  }

  private let inbox = Mutex(Inbox())
  private let threadID = Atomic<UInt>(0)
  /// The eventfd that wakes the loop. It is registered edge-triggered and never read.
  let wakeup: Int32

  init() throws(SystemError) {
    wakeup = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    guard wakeup >= 0 else { throw SystemError("eventfd") }
  }

  deinit { close(wakeup) }

  /// Binds the loop to the calling thread.
  func adoptCurrentThread() { threadID.store(Thread.current, ordering: .releasing) }

  var isCurrent: Bool { threadID.load(ordering: .relaxed) == Thread.current }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let (wakes, isClosed) = inbox.withLock { inbox in
      guard !inbox.isClosed else { return (false, true) }
      inbox.jobs.append(job)
      return (Self.rouse(&inbox), false)
    }
    // A task can outlive its loop only when it outlived the server's grace period.
    if isClosed { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    if wakes { wake() }
  }

  /// Asks the loop to do something. False when it is closed.
  @discardableResult
  func send(_ command: LoopCommand) -> Bool {
    let (wakes, isOpen) = inbox.withLock { inbox in
      guard !inbox.isClosed else { return (false, false) }
      inbox.commands.append(command)
      return (Self.rouse(&inbox), true)
    }
    if wakes { wake() }
    return isOpen
  }

  /// Moves what waits into the caller's empty arrays.
  func drain(jobs: inout [UnownedJob], commands: inout [LoopCommand]) {
    inbox.withLock { inbox in
      inbox.isAsleep = false
      swap(&inbox.jobs, &jobs)
      if !inbox.commands.isEmpty { swap(&inbox.commands, &commands) }
    }
  }

  /// Tells other threads that they must wake this loop from now on. False when something waits already.
  func fallAsleep() -> Bool {
    inbox.withLock { inbox in
      inbox.isAsleep = inbox.jobs.isEmpty && inbox.commands.isEmpty
      return inbox.isAsleep
    }
  }

  /// Takes nothing more. False when something waits still.
  func closeIfEmpty() -> Bool {
    inbox.withLock { inbox in
      inbox.isClosed = inbox.jobs.isEmpty && inbox.commands.isEmpty
      return inbox.isClosed
    }
  }

  private static func rouse(_ inbox: inout Inbox) -> Bool {
    defer { inbox.isAsleep = false }
    return inbox.isAsleep
  }

  private func wake() {
    var one: UInt64 = 1
    _ = write(wakeup, &one, 8)
  }
}

/// What other threads ask of a loop.
enum LoopCommand: Sendable {
  /// Serve this accepted socket.
  case adopt(descriptor: Int32, peer: SocketAddress, isRefused: Bool)
  /// Accept no more, finish what is under way until the grace period (milliseconds) is over.
  case shutDown(grace: UInt64)
  /// Look at the clock.
  case poke
}

/// Something that only its loop's own thread may touch, in the hands of tasks that run there.
//
// @unchecked Sendable: the value is handed out only after `isCurrent` has been checked, and traps otherwise, so
// no two threads can reach it. Reference counts, which any thread may change, are atomic.
struct LoopBound<Value: AnyObject>: @unchecked Sendable {
  private let value: Value
  let loop: EventLoop

  init(_ value: Value, to loop: EventLoop) {
    self.value = value
    self.loop = loop
  }

  /// - Precondition: the caller runs on the loop's thread.
  var onLoop: Value {
    precondition(loop.isCurrent, "state of an event loop was touched from another thread")
    return value
  }
}
