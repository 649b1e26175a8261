import Glibc

/// The records of artifacts: one file for each, at its name with a `~` behind it, which no segment of a name has.
struct IndexFolder: Sendable {
  let path: String
  let staging: String

  private static let mark = "~"
  private static let maximumRecordBytes = 4096

  private func file(of name: ArtifactName) -> String { "\(path)/\(name.text)\(Self.mark)" }

  func write(_ artifact: Artifact) throws(ArtifactError) {
    let file = file(of: artifact.name)
    try ArtifactFiles.createDirectory(ArtifactFiles.parent(of: file))
    try ArtifactFiles.write(artifact.record, to: file, staging: staging)
  }

  func read(_ name: ArtifactName) throws(ArtifactError) -> Artifact? {
    guard let record = try ArtifactFiles.read(file(of: name), limit: Self.maximumRecordBytes) else { return nil }
    guard let artifact = Artifact(record: record), artifact.name == name else {
      throw ArtifactError(.damaged, "the record of \(name) cannot be read (\(file(of: name)))")
    }
    return artifact
  }

  func delete(_ name: ArtifactName) throws(ArtifactError) {
    let file = file(of: name)
    guard unlink(file) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return }
      throw .system("cannot remove \(file)")
    }
    try ArtifactFiles.sync(ArtifactFiles.parent(of: file))
  }

  /// Removes the folders of a name that nothing is in any more. No artifact may be put there meanwhile.
  func removeEmptyFolders(of name: ArtifactName) {
    var folder = ArtifactFiles.parent(of: file(of: name))
    while folder != path, rmdir(folder) == 0 { folder = ArtifactFiles.parent(of: folder) }
  }

  /// Records in the order of their names.
  func list(prefix: String, after: ArtifactName?, limit: Int) throws(ArtifactError) -> [Artifact] {
    var walk = Walk(index: self, prefix: prefix, after: after?.text ?? "", limit: limit)
    try walk.visit("")
    return walk.found
  }

  /// Goes through the folders in the order of the names in them, and not into those that can have nothing to show.
  private struct Walk {
    let index: IndexFolder
    let prefix: String
    let after: String
    let limit: Int
    var found: [Artifact] = []

    /// - Parameter folder: as it begins the names in it: empty, or with a slash at its end.
    mutating func visit(_ folder: String) throws(ArtifactError) {
      for key in try keys(in: folder) {
        if found.count >= limit { return }
        let text = folder + key
        if key.hasSuffix("/") {
          let mayHold = text.hasPrefix(prefix) || prefix.hasPrefix(text)
          // Everything in a folder before the place is before it, unless the place is in that folder.
          if mayHold, after.hasPrefix(text) || !Self.precedes(text, after) { try visit(text) }
        } else if text.hasPrefix(prefix), Self.precedes(after, text), let name = ArtifactName(text),
          let artifact = try index.read(name)
        {
          found.append(artifact)
        }
      }
    }

    /// The names in a folder as parts of names: a folder's has a slash at its end, so that they sort as whole names do.
    private func keys(in folder: String) throws(ArtifactError) -> [String] {
      try ArtifactFiles.names(in: "\(index.path)/\(folder)").map {
        $0.hasSuffix(IndexFolder.mark) ? String($0.dropLast()) : $0 + "/"
      }.sorted(by: Self.precedes)
    }

    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
  }
}
