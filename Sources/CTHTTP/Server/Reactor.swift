import Glibc
import Synchronization

/// What all reactors of a server share.
final class ReactorSettings<Handler: HTTPHandler>: Sendable {
  let handler: Handler
  let configuration: HTTPServerConfiguration
  let loops: [EventLoop]
  /// Connections of all loops.
  let connections = Atomic<Int>(0)

  init(handler: Handler, configuration: HTTPServerConfiguration, loops: [EventLoop]) {
    self.handler = handler
    self.configuration = configuration
    self.loops = loops
  }
}

/// What runs on a loop's thread: waits for sockets, jobs and deadlines, and hands them to the connections.
/// Never leaves that thread.
final class Reactor<Handler: HTTPHandler> {
  let loop: EventLoop
  let settings: ReactorSettings<Handler>
  /// Where every connection of this loop receives.
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)
  var buffers = BufferPool()
  var date = DateField()
  private(set) var now: UInt64
  private(set) var isShuttingDown = false
  /// Tasks that have not returned: the loop lives until the last one has.
  var tasks = 0

  private let poller: Poller
  private var acceptor: Acceptor<Handler>?
  private var connections: [UInt64: Connection<Handler>] = [:]
  private var timers: TimerWheel
  private var due: [(token: UInt64, tick: UInt64)] = []
  private var nextToken = ReservedToken.firstConnection
  private var jobs: [UnownedJob] = []
  private var commands: [LoopCommand] = []
  private var again: [Connection<Handler>] = []
  private var graceEnd = UInt64.max

  init(loop: EventLoop, listener: Int32?, settings: ReactorSettings<Handler>) throws(SystemError) {
    self.loop = loop
    self.settings = settings
    now = settings.configuration.clock.milliseconds()
    timers = TimerWheel(now: now)
    poller = try Poller()
    try poller.add(loop.wakeup, token: ReservedToken.wakeup, events: Poller.readable | Poller.edgeTriggered)
    if let listener { acceptor = try Acceptor(listener: listener, poller: poller, settings: settings) }
  }

  deinit { scratch.deallocate() }

  var configuration: HTTPServerConfiguration { settings.configuration }

  /// Runs until shut down and empty. Calls `stopped` once every connection is closed; tasks that are still running
  /// then keep the loop, which is their executor, but nobody waits for them.
  func run(stopped: () -> Void) {
    loop.adoptCurrentThread()
    var hasStopped = false
    while !isOver {
      if !hasStopped, isShuttingDown, connections.isEmpty, tasks == 0 || graceEnd == .max {
        hasStopped = true
        stopped()
      }
      runJobs()
      let count = poller.wait(timeout: timeout())
      now = configuration.clock.milliseconds()
      date.refresh()
      for index in 0..<count { handle(poller[index].token, poller[index].events) }
      takeTurnsAgain()
      checkDeadlines()
    }
    if !hasStopped { stopped() }
  }

  // MARK: What waits

  private func runJobs() {
    loop.drain(jobs: &jobs, commands: &commands)
    for job in jobs { job.runSynchronously(on: loop.asUnownedTaskExecutor()) }
    jobs.removeAll(keepingCapacity: true)
    guard !commands.isEmpty else { return }
    let taken = commands
    commands.removeAll(keepingCapacity: true)
    for command in taken { perform(command) }
  }

  private func perform(_ command: LoopCommand) {
    switch command {
    case .adopt(let descriptor, let peer, let isRefused): adopt(descriptor, peer, isRefused: isRefused)
    case .shutDown(let grace): shutDown(grace: grace)
    case .poke: break
    }
  }

  private func timeout() -> Int32 {
    guard again.isEmpty, !(isShuttingDown && isEmpty), loop.fallAsleep() else { return 0 }
    var delay = timers.delay(now: now)
    if let retry = acceptor?.retryTime { delay = min(delay ?? .max, retry > now ? retry - now : 0) }
    if graceEnd != .max { delay = min(delay ?? .max, graceEnd > now ? graceEnd - now : 0) }
    return delay.map { Int32(min($0, 60_000)) } ?? -1
  }

  private func handle(_ token: UInt64, _ events: UInt32) {
    switch token {
    case ReservedToken.wakeup: break
    case ReservedToken.listener: acceptor?.accept(now: now)
    default: connections[token]?.handle(events)
    }
  }

  private func takeTurnsAgain() {
    guard !again.isEmpty else { return }
    let waiting = again
    again.removeAll(keepingCapacity: true)
    for connection in waiting { connection.turn() }
  }

  /// Lets a connection go on after the others had their turn.
  func takeTurnLater(_ connection: Connection<Handler>) { again.append(connection) }

  // MARK: Deadlines

  private func checkDeadlines() {
    acceptor?.retryIfDue(now: now)
    if now >= graceEnd { cutEverything() }
    timers.advance(to: now, into: &due)
    guard !due.isEmpty else { return }
    for (token, tick) in due { connections[token]?.reminded(of: tick) }
    due.removeAll(keepingCapacity: true)
  }

  /// Sets a reminder; returns its tick.
  func remind(_ connection: Connection<Handler>, at deadline: UInt64) -> UInt64 {
    timers.schedule(connection.token, at: deadline)
  }

  // MARK: Connections

  private func adopt(_ descriptor: Int32, _ peer: SocketAddress, isRefused: Bool) {
    let token = nextToken
    nextToken += 1
    let connection = Connection(descriptor: descriptor, peer: peer, token: token, reactor: self)
    connections[token] = connection
    do {
      let events = Poller.readable | Poller.writable | Poller.peerClosed | Poller.edgeTriggered
      try poller.add(descriptor, token: token, events: events)
    } catch {
      connection.close()
      return
    }
    if isRefused || isShuttingDown {
      connection.refuse(HTTPFault(.overloaded, "there are too many connections"))
    } else {
      connection.opened()
    }
  }

  func forget(_ connection: Connection<Handler>) {
    guard connections.removeValue(forKey: connection.token) != nil else { return }
    settings.connections.subtract(1, ordering: .relaxed)
  }

  // MARK: The end

  private var isOver: Bool { isShuttingDown && isEmpty && loop.closeIfEmpty() }

  private var isEmpty: Bool { connections.isEmpty && tasks == 0 }

  private func shutDown(grace: UInt64) {
    guard !isShuttingDown else { return }
    isShuttingDown = true
    graceEnd = now &+ grace
    acceptor?.close()
    acceptor = nil
    for connection in Array(connections.values) { connection.shutDown() }
  }

  private func cutEverything() {
    graceEnd = .max
    for connection in Array(connections.values) { connection.close() }
  }
}

/// epoll tokens that are not connections.
enum ReservedToken {
  static let wakeup: UInt64 = 0
  static let listener: UInt64 = 1
  static let firstConnection: UInt64 = 2
}

/// Empty arrays with capacity, lent to connections while they have something to send: an idle connection owns none.
struct BufferPool {
  private var free: [[UInt8]] = []
  private static let kept = 64
  private static let largest = 64 * 1024

  mutating func take() -> [UInt8] {
    if let buffer = free.popLast() { return buffer }
    var buffer: [UInt8] = []
    buffer.reserveCapacity(2048)
    return buffer
  }

  /// Keeps the array for the next who takes one, and leaves an empty one without capacity.
  mutating func reclaim(_ buffer: inout [UInt8]) {
    // Moved out, so that emptying it copies nothing.
    var returned: [UInt8] = []
    swap(&buffer, &returned)
    guard free.count < Self.kept, returned.capacity <= Self.largest else { return }
    returned.removeAll(keepingCapacity: true)
    free.append(returned)
  }
}
