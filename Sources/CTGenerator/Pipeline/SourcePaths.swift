internal import CTSpec

/// The names of the spec's files in generated code: from the folder on that holds all of them, so that the same files
/// give the same bytes wherever they are. No lines either: a line more in the spec is not a change of everything below.
struct SourcePaths: Sendable {
  private let prefix: String
  /// Of the files that are known beforehand: every declaration asks.
  private let names: [String: String]

  init(_ files: Set<String>) {
    var common: [Substring]?
    for file in files {
      let folders = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      common = common.map { zip($0, folders).prefix { $0 == $1 }.map(\.0) } ?? Array(folders)
    }
    let prefix = (common ?? []).map { $0 + "/" }.joined()
    self.prefix = prefix
    names = Dictionary(uniqueKeysWithValues: files.map { ($0, Self.name(of: $0, below: prefix)) })
  }

  func name(of id: SchemaID) -> String {
    "\(names[id.file] ?? Self.name(of: id.file, below: prefix))#\(id.pointer)"
  }

  private static func name(of file: String, below prefix: String) -> String {
    file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
  }
}
