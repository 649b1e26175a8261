import Glibc

/// How an ``HTTPServer`` listens and what it puts up with.
public struct HTTPServerConfiguration: Sendable {
  /// An IPv4 or IPv6 literal. Names are not looked up.
  public var host = "127.0.0.1"
  /// 0 lets the system choose; ``HTTPServer/start()`` returns what it chose.
  public var port: UInt16 = 0
  /// Event loops, one thread each.
  public var loops = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) / 2)
  /// Connections at once. A further one is answered 503 and closed.
  public var maximumConnections = 10_000
  /// Connections the kernel completes before they are accepted.
  public var backlog: Int32 = 1024
  public var limits = HTTPLimits()
  public var deadlines = HTTPDeadlines()
  public var clock = HTTPClock.monotonic

  public init() {}
}

/// How long a server waits for a peer. Kept in a timer wheel with a resolution of 64 ms.
public struct HTTPDeadlines: Sendable {
  /// From the first octet of a head to its last; then 408.
  public var head = Duration.seconds(10)
  /// Within each such span a body must grow by ``minimalProgress`` octets, or end; otherwise 408.
  public var body = Duration.seconds(30)
  public var minimalProgress = 4096
  /// Without a request on an open connection; then it is closed without a word.
  public var idle = Duration.seconds(75)
  /// A peer that takes nothing of a response for so long is cut off.
  public var write = Duration.seconds(30)
  /// How long octets of a refused request are read and dropped, so that the peer gets to see the response.
  public var linger = Duration.seconds(5)

  public init() {}
}

extension Duration {
  var wholeMilliseconds: UInt64 {
    let (seconds, attoseconds) = components
    return seconds < 0 ? 0 : UInt64(seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
  }
}
