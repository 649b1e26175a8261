import Foundation
import Glibc

/// A listener that answers every connection in a way of its own.
final class OddPeer {
  /// What a connection gets.
  enum Manner {
    /// These octets, then the end.
    case says(String)
    /// Nothing, for ever.
    case hangs
    /// A response whose body has no end.
    case neverStops
    /// These octets for the first connection, and nothing for all others.
    case saysOnce(String)
  }

  let url: String
  private let descriptor: Int32

  init(_ manner: Manner) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, pointer, &length) == 0
      }
    }
    guard isListening else { throw CocoaError(.fileReadUnknown) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    Thread.detachNewThread { Self.serve(listener, manner) }
  }

  deinit {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  /// Connections are served one after the other; those that hang are kept.
  private static func serve(_ listener: Int32, _ manner: Manner) {
    var isFirst = true
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      defer { isFirst = false }
      switch manner {
      case .hangs: continue
      case .saysOnce where !isFirst: continue
      case .says(let text), .saysOnce(let text):
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = read(connection, &buffer, buffer.count)
        _ = send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL))
        shutdown(connection, Int32(SHUT_WR))
      case .neverStops:
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1099511627776\r\n\r\n"
        _ = send(connection, head, head.utf8.count, Int32(MSG_NOSIGNAL))
        let filler = [UInt8](repeating: 120, count: 1 << 16)
        while send(connection, filler, filler.count, Int32(MSG_NOSIGNAL)) > 0 {}
      }
      close(connection)
    }
  }
}

/// Runs a program to its end.
func execute(
  _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
) async throws -> (status: Int32, output: String) {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [program] + arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = pipe
      process.standardError = pipe
      do {
        try process.run()
      } catch {
        return continuation.resume(throwing: error)
      }
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      continuation.resume(returning: (process.terminationStatus, String(decoding: data, as: UTF8.self)))
    }
  }
}

/// A folder for the length of `body`.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
  let folder = NSTemporaryDirectory() + "ctconform-\(UInt64.random(in: 0 ... .max))"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  do {
    let result = try await body(folder)
    try FileManager.default.removeItem(atPath: folder)
    return result
  } catch {
    try? FileManager.default.removeItem(atPath: folder)
    throw error
  }
}
