import Glibc

/// Where files come from: the disk, or memory in tests.
package struct FileReader: Sendable {
  /// Why a file could not be read, in words.
  package struct Failure: Error, Sendable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
  }

  package let read: @Sendable (_ path: String) throws(Failure) -> [UInt8]

  package init(_ read: @escaping @Sendable (_ path: String) throws(Failure) -> [UInt8]) { self.read = read }

  /// Larger files are refused: no spec that people review comes near.
  package static let maximumSize = 64 << 20

  package static let disk = FileReader { path throws(Failure) in try readFile(path) }

  /// Files by path.
  package static func memory(_ files: [String: String]) -> FileReader {
    FileReader { path throws(Failure) in
      guard let text = files[path] else { throw Failure("no such file") }
      return Array(text.utf8)
    }
  }

  private static func readFile(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(String(cString: strerror(errno)).lowercased()) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= maximumSize {
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
    throw Failure("larger than \(maximumSize >> 20) MiB")
  }
}
