internal import CTSpec
internal import Glibc

/// The schemas of a folder, those in folders within it too.
enum SchemaFolder {
  /// A file by its path within the folder, with the path to open.
  typealias File = (name: String, path: String)

  /// What keeps a folder from being read, for the person who can change it.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Which folder it is, whatever the path that led there.
  private struct Identity: Hashable {
    let device: UInt
    let number: UInt

    init(_ status: stat) { (device, number) = (UInt(status.st_dev), UInt(status.st_ino)) }
  }

  /// Sorted by their names' bytes. Links are followed, but for those that lead back to a folder that they lie in: there is
  /// nothing new behind them, and no end.
  static func files(in folder: String) throws(Failure) -> [File] {
    let names = try names(in: folder, prefix: "", ancestors: []).map(ExactString.init).sorted().map(\.string)
    var seen: [String: String] = [:]
    for name in names {
      // What is generated finds a schema by its name, as `String` compares.
      if let other = seen.updateValue(name, forKey: name) {
        throw Failure(
          description: "'\(folder)/\(other)' and '\(folder)/\(name)' differ only in how a letter is written")
      }
    }
    return names.map { ($0, "\(folder)/\($0)") }
  }

  private static func names(
    in folder: String, prefix: String, ancestors: Set<Identity>
  ) throws(Failure) -> [String] {
    var status = stat()
    guard let stream = opendir(folder), fstat(dirfd(stream), &status) == 0 else {
      throw Failure(description: "'\(folder)' cannot be read: \(String(cString: strerror(errno)).lowercased())")
    }
    defer { closedir(stream) }
    let (open, isNew) = (ancestors.union([Identity(status)]), !ancestors.contains(Identity(status)))
    var names: [String] = []
    while isNew, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if isFolder(entry, "\(folder)/\(name)") {
        names += try self.names(in: "\(folder)/\(name)", prefix: "\(prefix)\(name)/", ancestors: open)
      } else if isSchema(name) {
        names.append(prefix + name)
      }
    }
    return names
  }

  /// A link may lead to a folder, and some file systems do not say at once what an entry is.
  private static func isFolder(_ entry: UnsafeMutablePointer<dirent>, _ path: String) -> Bool {
    if entry.pointee.d_type == DT_DIR { return true }
    if entry.pointee.d_type == DT_REG { return false }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whatever the case of the ending: it is read as ``SpecParser`` takes it.
  private static func isSchema(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".json", ".yaml", ".yml"].contains(where: name.hasSuffix)
  }
}
