import CTArtifacts
import CTHTTP
internal import CTJSON
import Glibc

/// The folder of a run that is under way: its log, and the files that it leaves.
///
///     <data>/runs/run_…/log.ndjson
///     <data>/runs/run_…/artifacts/
package struct RunFolder: Sendable {
  package let path: String

  package init(data: String, runId: String) { path = "\(data)/runs/\(runId)" }

  package var log: String { "\(path)/log.ndjson" }
  package var artifacts: String { "\(path)/artifacts" }

  /// Makes it; what an earlier attempt has left stays.
  /// - Parameter isPassable: whether another user has to get to the artifacts; nobody else can list or read anything.
  func make(isPassable: Bool = false) throws(SystemError) {
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    for folder in [parent, path, artifacts] where mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw SystemError("cannot make the folder \(folder)", code: errno)
    }
    guard isPassable else { return }
    for folder in [parent, path] where chmod(folder, 0o711) != 0 {
      throw SystemError("cannot change the mode of the folder \(folder)", code: errno)
    }
  }

  /// Removes it with all that is in it, and follows no links on the way.
  func remove() { Self.remove(path) }

  /// Removes a folder with all that is in it, and follows no links on the way.
  package static func remove(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = name(of: entry)
      guard name != ".", name != ".." else { continue }
      let child = "\(path)/\(name)"
      if unlink(child) != 0, errno == EISDIR || errno == EPERM { remove(child) }
    }
    closedir(folder)
    rmdir(path)
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }

  /// The names of the files that the run has left, in order.
  func artifactNames() -> [String] {
    guard let folder = opendir(artifacts) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = Self.name(of: entry)
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// A regular file, read in pieces.
final class PlainFile: Sendable {
  private let descriptor: Int32
  let size: Int64

  /// `nil` for what is not there, or is no regular file: a link could lead anywhere.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
    size = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes from a place on, as many as a piece has; none at the end.
  func piece(at offset: Int64, limit: Int = 256 << 10) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, limit, off_t(offset)))
    }
  }
}
