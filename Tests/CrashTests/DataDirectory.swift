import Glibc

/// A temporary directory for a tower's files; removed with all of them when the value goes.
final class DataDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/ct-crash-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(in: path) {
      let child = "\(path)/\(name)"
      if unlink(child) != 0, errno == EISDIR { remove(child) }
    }
    rmdir(path)
  }

  /// A copy of every file as it is on disk; nobody may write meanwhile. The lock file stays behind, and so do folders.
  func copy() -> DataDirectory {
    let other = DataDirectory()
    for name in names where name != "tower.lock" && name != "tower.db-shm" && !isFolder(name) { copy(name, to: other) }
    return other
  }

  private func isFolder(_ name: String) -> Bool {
    guard let folder = opendir("\(path)/\(name)") else { return false }
    closedir(folder)
    return true
  }

  var database: String { path + "/tower.db" }

  /// What is in a file at this moment; `nil` when it cannot be read.
  func contents(of name: String) -> [UInt8]? {
    let file = open("\(path)/\(name)", O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = read(file, &buffer, buffer.count), count > 0 { bytes += buffer.prefix(count) }
    return bytes
  }

  var names: [String] { Self.names(in: path) }

  /// Every file in the directory and in the folders within it, by its path from here.
  var files: [String] { files(in: "") }

  private func files(in folder: String) -> [String] {
    Self.names(in: "\(path)/\(folder)").flatMap { name in
      let place = folder.isEmpty ? name : "\(folder)/\(name)"
      return isFolder(place) ? files(in: place) : [place]
    }
  }

  private static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private func copy(_ name: String, to other: DataDirectory) {
    let source = open("\(path)/\(name)", O_RDONLY)
    let target = open("\(other.path)/\(name)", O_WRONLY | O_CREAT, 0o600)
    defer {
      close(source)
      close(target)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(source, &buffer, buffer.count), count > 0 { _ = write(target, buffer, count) }
  }
}
