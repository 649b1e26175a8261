internal import CTSpec

/// The names of the spec's files in generated code: from the folder on that holds all of them, so that the same files
/// give the same bytes wherever they are. No lines either: a line more in the spec is not a change of everything below.
struct SourcePaths {
  private let prefix: String

  init(_ files: Set<String>) {
    var common: [Substring]?
    for file in files {
      let folders = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      common = common.map { zip($0, folders).prefix { $0 == $1 }.map(\.0) } ?? Array(folders)
    }
    prefix = (common ?? []).map { $0 + "/" }.joined()
  }

  func name(of id: SchemaID) -> String {
    id.file.hasPrefix(prefix)
      ? SchemaID(file: String(id.file.dropFirst(prefix.count)), pointer: id.pointer).description : id.description
  }
}
