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

  /// Sorted by their names' bytes. Links are followed, but for those that lead back to a folder that they lie in: there is
  /// nothing new behind them, and no end.
  static func files(in folder: String) throws(Failure) -> [File] {
    var walk = SchemaFolderWalk()
    try walk.enter(folder, prefix: "")
    let names = walk.names.map(ExactString.init).sorted().map(\.string)
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
}

/// Finds the schemas of a folder.
private struct SchemaFolderWalk {
  /// Folders that are gone through: links that lead to the same ones in many ways would take forever.
  private static let maximumFolders = 10_000

  /// Which folder it is, whatever the path that led there.
  private struct Identity: Hashable {
    let device: UInt
    let number: UInt

    init(_ status: stat) { (device, number) = (UInt(status.st_dev), UInt(status.st_ino)) }
  }

  /// Paths within the folder.
  private(set) var names: [String] = []
  private var open: Set<Identity> = []
  private var count = 0

  mutating func enter(_ folder: String, prefix: String) throws(SchemaFolder.Failure) {
    var status = stat()
    guard let stream = opendir(folder), fstat(dirfd(stream), &status) == 0 else {
      throw SchemaFolder.Failure(
        description: "'\(folder)' cannot be read: \(String(cString: strerror(errno)).lowercased())")
    }
    defer { closedir(stream) }
    count += 1
    guard count <= Self.maximumFolders else {
      throw SchemaFolder.Failure(
        description: "'\(folder)' is not read: there are more than \(Self.maximumFolders) folders, links among them")
    }
    guard open.insert(Identity(status)).inserted else { return }
    try read(stream, folder, prefix)
    open.remove(Identity(status))
  }

  private mutating func read(
    _ stream: OpaquePointer, _ folder: String, _ prefix: String
  ) throws(SchemaFolder.Failure) {
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if Self.isFolder(entry, "\(folder)/\(name)") {
        try enter("\(folder)/\(name)", prefix: "\(prefix)\(name)/")
      } else if Self.isSchema(name) {
        names.append(prefix + name)
      }
    }
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
