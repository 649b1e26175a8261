import CLinux
import Glibc

/// The socket calls, by what they are for.
enum Socket {
  /// A listening socket and the address it got.
  static func listen(on address: SocketAddress, backlog: Int32) throws(SystemError) -> (Int32, SocketAddress) {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else { throw SystemError("socket") }
    set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    // Accepted sockets inherit these two. The second bounds what the kernel holds for a slow reader, and makes its
    // progress visible in small steps.
    set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    set(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 * 1024)
    if address.family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
    guard address.withSockaddr({ bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, backlog) == 0 else {
      let error = SystemError("listening on \(address)")
      close(descriptor)
      throw error
    }
    return (descriptor, boundAddress(of: descriptor))
  }

  enum Accepted {
    case connection(Int32, SocketAddress)
    case none
    /// Out of descriptors or memory: trying again at once would spin.
    case exhausted
  }

  static func accept(from listener: Int32) -> Accepted {
    var storage = sockaddr_storage()
    while true {
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let descriptor = withUnsafeMutablePointer(to: &storage) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { ct_accept(listener, $0, &length) }
      }
      if descriptor >= 0 { return .connection(descriptor, SocketAddress(storage)) }
      switch errno {
      case EAGAIN: return .none
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      // accept(2): the others are errors of the connection that is gone, not of the listener.
      case EINVAL, EBADF, ENOTSOCK: return .none
      default: continue
      }
    }
  }

  /// `recv(2)`, again when a signal came in between. 0 is the end, -1 sets `errno`.
  static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count >= 0 || errno != EINTR { return count }
    }
  }

  /// `send(2)` without SIGPIPE, again when a signal came in between.
  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    while true {
      let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      if count >= 0 || errno != EINTR { return count }
    }
  }

  static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func boundAddress(of descriptor: Int32) -> SocketAddress {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &storage) {
      _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return SocketAddress(storage)
  }
}
