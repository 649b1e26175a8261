import CTCrypto
import CTJSON
import CTStore
import Glibc

/// A directory that is removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/ct-store-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    guard let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      withUnsafePointer(to: &entry.pointee.d_name) { name in
        _ = name.withMemoryRebound(to: CChar.self, capacity: 256) { unlink("\(path)/\(String(cString: $0))") }
      }
    }
    closedir(directory)
    rmdir(path)
  }

  /// Copies one file as it is at this moment.
  func copy(_ name: String, to other: TemporaryDirectory) {
    let source = open("\(path)/\(name)", O_RDONLY)
    let target = open("\(other.path)/\(name)", O_WRONLY | O_CREAT, 0o600)
    defer {
      close(source)
      close(target)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(source, &buffer, buffer.count), count > 0 { _ = write(target, buffer, count) }
  }

  var database: String { path + "/tower.db" }
}

/// Opens a store on a fresh directory, runs `body`, and closes it.
func withStore<Result>(
  _ options: StoreOptions = StoreOptions(), _ body: (SQLiteStore, TemporaryDirectory) async throws -> Result
) async throws -> Result {
  let directory = TemporaryDirectory()
  let store = try await SQLiteStore.open(directory: directory.path, options: options)
  do {
    let result = try await body(store, directory)
    await store.close()
    return result
  } catch {
    await store.close()
    throw error
  }
}

/// An event with a body of its own.
func event(
  _ id: String, type: String = "finance.invoice.generated", ts: Int64 = 1_000_000, source: String = "finance",
  correlation: String? = nil, body: String = "{}", receivedAt: Int64 = 2_000_000, signal: EventSignal = .activity
) -> EventRecord {
  EventRecord(
    eventId: id, type: type, ts: Timestamp(microseconds: ts), source: source, correlationId: correlation,
    payload: Array(body.utf8), bodyDigest: SHA256.hash(body.utf8), receivedAt: Timestamp(microseconds: receivedAt),
    signal: signal)
}

/// The error that `body` throws.
func error(_ body: () async throws -> Void) async -> StoreError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? StoreError
  }
}
