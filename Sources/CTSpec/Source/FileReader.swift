import Glibc

/// Where files come from: the disk, or memory in tests.
package struct FileReader: Sendable {
  /// Why a file could not be read, in words.
  package struct Failure: Error, Sendable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
  }

  package let read: @Sendable (_ path: String) throws(Failure) -> [UInt8]

  package init(_ read: @escaping @Sendable (_ path: String) throws(Failure) -> [UInt8]) {
    self.read = { path throws(Failure) in
      // To the system a path ends there: it would be that of another file.
      if path.utf8.contains(0) { throw Failure("there is a U+0000 in its name") }
      return try read(path)
    }
  }

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
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= maximumSize {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw Failure(errno == EISDIR ? "it is a folder" : String(cString: strerror(errno)).lowercased())
      }
    }
    throw Failure("larger than \(maximumSize >> 20) MiB")
  }
}
