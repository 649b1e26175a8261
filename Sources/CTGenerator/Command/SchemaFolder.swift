internal import Glibc

/// The schemas of a folder, those in folders within it too.
enum SchemaFolder {
  /// Paths relative to the folder, sorted, with the paths to open; `nil` where the folder cannot be read (`errno` says
  /// why).
  static func files(in folder: String) -> [(name: String, path: String)]? {
    guard let names = names(in: folder, prefix: "") else { return nil }
    return names.sorted().map { ($0, "\(folder)/\($0)") }
  }

  private static func names(in folder: String, prefix: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      if let inner = self.names(in: "\(folder)/\(name)", prefix: "\(prefix)\(name)/") {
        names += inner
      } else if [".json", ".yaml", ".yml"].contains(where: name.hasSuffix) {
        names.append(prefix + name)
      }
    }
    return names
  }
}
