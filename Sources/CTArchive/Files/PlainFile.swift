import Glibc

/// Files outside of the artifact store, for people: errors are one line that names the file and says why.
enum PlainFile {
  /// Creates a folder, with its parents, that only this user can read; an existing one is left as it is.
  static func createFolder(_ path: String) throws(ArchiveError) {
    if mkdir(path, 0o700) == 0 { return }
    if errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex {
      try createFolder(String(path[..<slash]))
      if mkdir(path, 0o700) == 0 { return }
    }
    guard errno == EEXIST, isFolder(path) else { throw .system("cannot create the folder \(path)") }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func rename(_ path: String, to name: String) throws(ArchiveError) {
    guard Glibc.rename(path, name) == 0 else { throw .system("cannot write \(name)") }
  }
}

/// Writes a new file, which only this user can read.
package final class FileWriter {
  private let path: String
  private let descriptor: Int32
  private var size = 0
  /// How far the disk was asked to begin.
  private var begun = 0

  /// So much is written before the disk is asked to begin with it: not all at the end, which would hold up other syncs.
  private static let piece = 256 << 10

  /// - Throws: when there is something at the path already, too.
  package init(creating path: String) throws(ArchiveError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot create \(path)") }
  }

  deinit { close(descriptor) }

  package func write(_ bytes: ArraySlice<UInt8>) throws(ArchiveError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("cannot write \(path)") }
      rest = rest.dropFirst(count)
    }
    size += bytes.count
    if size - begun >= Self.piece {
      // Nobody reads it soon: the kernel begins to write such pages, and does not wait for the disk.
      posix_fadvise(descriptor, off_t(begun), off_t(size - begun), POSIX_FADV_DONTNEED)
      begun = size
    }
  }

  /// Makes the bytes durable.
  package func finish() throws(ArchiveError) {
    guard fsync(descriptor) == 0 else { throw .system("cannot write \(path)") }
  }
}

/// Reads a file in pieces.
final class FileReader {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(ArchiveError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot read \(path)") }
  }

  deinit { close(descriptor) }

  /// The next bytes, at most so many; none at the end.
  func read(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      repeat { result = Glibc.read(descriptor, buffer.baseAddress, count) } while result < 0 && errno == EINTR
      filled = max(0, result)
    }
    guard result >= 0 else { throw .system("cannot read \(path)") }
    return bytes
  }
}

extension ArchiveError {
  /// The error that `errno` tells of.
  static func system(_ action: String) -> ArchiveError {
    let number = errno
    let hint = number == ENOSPC || number == EDQUOT ? ". Free space there, or name another folder" : ""
    return ArchiveError("\(action): \(String(cString: strerror(number)))\(hint)")
  }
}
