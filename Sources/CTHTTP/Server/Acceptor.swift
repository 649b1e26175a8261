import Glibc
import Synchronization

/// Accepts for all loops and hands the sockets round in turn.
final class Acceptor<Handler: HTTPHandler> {
  private let listener: Int32
  private let settings: ReactorSettings<Handler>
  private var next = 0
  /// When to try again after running out of descriptors; nil while all is well.
  private(set) var retryTime: UInt64?
  private var isClosed = false

  /// Over the limit this many more are told 503; beyond them connections are closed at once.
  private static var refusedAtOnce: Int { 64 }
  private static var retryDelay: UInt64 { 250 }

  init(listener: Int32, poller: borrowing Poller, settings: ReactorSettings<Handler>) throws(SystemError) {
    self.listener = listener
    self.settings = settings
    // Edge-triggered: when descriptors run out, a level would wake the loop again and again for nothing.
    try poller.add(listener, token: ReservedToken.listener, events: Poller.readable | Poller.edgeTriggered)
  }

  /// Accepts what waits.
  func accept(now: UInt64) {
    while !isClosed {
      switch Socket.accept(from: listener) {
      case .connection(let descriptor, let peer): place(descriptor, peer)
      case .none: return
      case .exhausted:
        retryTime = now + Self.retryDelay
        return
      }
    }
  }

  func retryIfDue(now: UInt64) {
    guard let retryTime, now >= retryTime else { return }
    self.retryTime = nil
    accept(now: now)
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    retryTime = nil
    Glibc.close(listener)
  }

  private func place(_ descriptor: Int32, _ peer: SocketAddress) {
    let count = settings.connections.add(1, ordering: .relaxed).newValue
    let excess = count - settings.configuration.maximumConnections
    let loop = settings.loops[next]
    next = (next + 1) % settings.loops.count
    let adopt = LoopCommand.adopt(descriptor: descriptor, peer: peer, isRefused: excess > 0)
    if excess > Self.refusedAtOnce || !loop.send(adopt) {
      settings.connections.subtract(1, ordering: .relaxed)
      Glibc.close(descriptor)
    }
  }
}
