import CTCrypto
import Glibc

/// The file operations of a directory of artifacts. All of them block.
enum ArtifactFiles {
  /// Creates a directory, with its parents, that only this user can read, and makes its name durable; an existing one is
  /// left as it is.
  static func createDirectory(_ path: String) throws(ArtifactError) {
    if mkdir(path, 0o700) != 0 {
      if errno == EEXIST { return }
      guard errno == ENOENT, parent(of: path) != path else { throw .system("cannot create \(path)") }
      try createDirectory(parent(of: path))
      // Once more only: there are places where nothing can be made, and that is what they say.
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system("cannot create \(path)") }
    }
    try sync(parent(of: path))
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the names in a directory durable.
  static func sync(_ path: String) throws(ArtifactError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot open \(path)") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system("cannot sync \(path)") }
  }

  /// Writes a file under another name, makes it durable, and renames it into place.
  static func write(_ bytes: [UInt8], to path: String, staging: String) throws(ArtifactError) {
    let draft = try Draft(folder: staging)
    do throws(ArtifactError) {
      try draft.write(bytes)
      _ = try draft.finish()
      guard rename(draft.path, path) == 0 else { throw ArtifactError.system("cannot write \(path)") }
      try sync(parent(of: path))
    } catch {
      draft.discard()
      throw error
    }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(ArtifactError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("cannot write \(path)") }
      rest = rest.dropFirst(count)
    }
  }

  /// A whole file; `nil` when there is none. What is longer than `limit` is cut off there.
  static func read(_ path: String, limit: Int) throws(ArtifactError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("cannot open \(path)")
    }
    defer { close(descriptor) }
    return try read(descriptor, at: 0, limit, path)
  }

  /// Up to `count` bytes; fewer only at the end of the file.
  static func read(_ descriptor: Int32, at offset: Int64, _ count: Int, _ path: String) throws(ArtifactError) -> [UInt8]
  {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset) + filled)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        filled += got
      }
    }
    if failed { throw .system("cannot read \(path)") }
    return bytes
  }

  /// The names in a directory, sorted by bytes; none when there is no such directory.
  static func names(in path: String) throws(ArtifactError) -> [String] {
    guard let directory = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw .system("cannot open \(path)")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Seconds since a file was changed, by the file system's clock; `nil` when there is none.
  static func age(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return time(nil) - status.st_mtim.tv_sec
  }

  /// Removes the files of a directory that nobody has changed for so long.
  static func removeOld(_ path: String, olderThan seconds: Int) throws(ArtifactError) {
    for name in try names(in: path) {
      if let age = age(of: "\(path)/\(name)"), age >= seconds { unlink("\(path)/\(name)") }
    }
  }
}
