import Glibc

extension StoreError {
  /// The error that `errno` tells of.
  static func system(_ action: String) -> StoreError {
    let number = errno
    let message = "\(action): \(String(cString: strerror(number)))"
    return switch number {
    case ENOSPC, EDQUOT: StoreError(.diskFull, message)
    case EROFS, EACCES, EPERM: StoreError(.readOnly, message)
    default: StoreError(.inputOutput, message)
    }
  }
}

/// The few file operations that SQLite does not do for us.
enum Files {
  /// Creates a directory, with its parents, that only this user can read; an existing one is left as it is.
  static func createDirectory(_ path: String) throws(StoreError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.dropLast().lastIndex(of: "/"), slash != path.startIndex else {
      throw .system("cannot create \(path)")
    }
    try createDirectory(String(path[..<slash]))
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw .system("cannot create \(path)") }
  }

  /// Creates an empty file that only this user can read, if there is none. SQLite gives the log files that lie beside
  /// a database the mode of the database.
  static func createPrivateFile(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot create \(path)") }
    close(descriptor)
  }

  /// Makes the bytes of a file durable.
  static func sync(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot open \(path)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("cannot sync \(path)") }
  }

  /// Makes the names in a directory durable.
  static func syncDirectory(_ path: String) throws(StoreError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot open \(path)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("cannot sync \(path)") }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
