import CLinux
import Glibc

/// epoll(7). Sockets are registered once, edge-triggered: no system call is spent on changing what is waited for.
struct Poller: ~Copyable {
  private let descriptor: Int32
  private let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: 512)

  init() throws(SystemError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError("epoll_create1") }
    events.initialize(repeating: epoll_event())
  }

  deinit {
    close(descriptor)
    events.deallocate()
  }

  static var readable: UInt32 { EPOLLIN.rawValue }
  static var writable: UInt32 { EPOLLOUT.rawValue }
  static var peerClosed: UInt32 { EPOLLRDHUP.rawValue }
  static var broken: UInt32 { EPOLLERR.rawValue | EPOLLHUP.rawValue }
  static var edgeTriggered: UInt32 { EPOLLET.rawValue }

  func add(_ socket: Int32, token: UInt64, events: UInt32) throws(SystemError) {
    var event = epoll_event()
    event.events = events
    event.data.u64 = token
    guard epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0 else { throw SystemError("epoll_ctl") }
  }

  func remove(_ socket: Int32) {
    var event = epoll_event()
    epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
  }

  /// Waits up to `timeout` milliseconds, -1 for ever. Returns how many events there are.
  func wait(timeout: Int32) -> Int {
    max(0, Int(epoll_wait(descriptor, events.baseAddress, Int32(events.count), timeout)))
  }

  subscript(index: Int) -> (token: UInt64, events: UInt32) { (events[index].data.u64, events[index].events) }
}
