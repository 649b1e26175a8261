import CLinux
import Glibc

@testable import CTHTTP

/// Runs blocking code on a thread of its own, so that the tests' few threads stay free.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    do {
      try Thread.start(name: "peer") { continuation.resume(with: .init(catching: body)) }
    } catch {
      continuation.resume(throwing: error)
    }
  }
}

/// A blocking socket that says exactly what a test wants. Reading gives up after ten seconds.
final class Peer {
  let descriptor: Int32
  private(set) var received = ""

  init(_ address: SocketAddress) throws {
    descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    Socket.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    guard address.withSockaddr({ connect(descriptor, $0, $1) }) == 0 else { throw SystemError("connect", code: errno) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Socket.send(descriptor, $0) }
      guard count > 0 else { throw SystemError("send", code: errno) }
      bytes = bytes.dropFirst(count)
    }
  }

  /// No more will be sent; reading goes on.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Closes with a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  /// Reads until all that was received satisfies `isEnough`, or the other side closes.
  @discardableResult
  func read(until isEnough: (String) -> Bool) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !isEnough(received) {
      let count = buffer.withUnsafeMutableBytes { Socket.receive(descriptor, into: $0) }
      if count == 0 { return received }
      guard count > 0 else { throw SystemError("receive, after \(received.debugDescription)", code: errno) }
      received += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return received
  }

  /// Reads 32 KiB at a time, with a pause (microseconds) after each.
  func readToEnd(pausing pause: UInt32) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 32 * 1024)
    while true {
      let count = buffer.withUnsafeMutableBytes { Socket.receive(descriptor, into: $0) }
      guard count >= 0 else { throw SystemError("receive", code: errno) }
      if count == 0 { return received }
      received += String(decoding: buffer[..<count], as: UTF8.self)
      usleep(pause)
    }
  }

  @discardableResult
  func readToEnd() throws -> String { try read { _ in false } }
}
