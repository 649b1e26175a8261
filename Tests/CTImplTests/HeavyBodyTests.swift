import CTCrypto
import CTGenerated
import CTHTTP
import CTRuntime
import Glibc
import Synchronization
import Testing

@testable import CTImpl

/// Notes on which threads bodies are looked through.
private final class ThreadRecorder: Redactor {
  private let names = Mutex<Set<String>>([])

  func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] { Array(value) }

  func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? {
    names.withLock { _ = $0.insert(Self.threadName) }
    return nil
  }

  /// The names since the last call.
  func takeNames() -> Set<String> {
    names.withLock { names in
      defer { names = [] }
      return names
    }
  }

  private static var threadName: String {
    let file = open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 32)
    let count = read(file, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count - 1)), as: UTF8.self)
  }
}

/// What takes long to check holds up nobody else on the event loop.
@Suite struct HeavyBodyTests {
  @Test func aLargeBodyIsReadOnAnotherThread() async throws {
    try await TestTower.with { tower in
      let recorder = ThreadRecorder()
      var configuration = HTTPServerConfiguration()
      configuration.host = "127.0.0.1"
      configuration.port = 0
      let handler = APIHandler(
        operations: tower.tower.operations,
        environment: APIEnvironment(
          security: TokenTable.development(clock: tower.time.clock), redactor: recorder,
          digestBody: { SHA256.hash($0) }, observer: RequestLog(log: quietLog, clock: tower.time.clock),
          bodyLimit: 1 << 18))
      let server = HTTPServer(configuration: configuration, handler: handler)
      let listening = ListeningTower(tower: tower, origin: URLParts("http://\(try server.start())")!.origin)
      #expect(try await listening.post("evt_small", payload: #"{"x":"a b"}"#).status.code == 202)
      #expect(recorder.takeNames().allSatisfy { $0.hasPrefix("http-") })
      let long = String(repeating: "a b ", count: 10_000)
      #expect(try await listening.post("evt_large", payload: #"{"x":"\#(long)"}"#).status.code == 202)
      let names = recorder.takeNames()
      #expect(!names.isEmpty && names.allSatisfy { !$0.hasPrefix("http-") })
      await server.shutdown(grace: .seconds(1))
    }
  }
}
