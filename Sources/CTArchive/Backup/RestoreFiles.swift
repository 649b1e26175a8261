import CTArtifacts
import Foundation

/// Files to restore from: those of an artifact store, or plain ones in a folder.
enum RestoreFiles: Sendable {
  case artifacts(any ArtifactStore)
  case folder(String)

  /// A folder of artifacts, or any other.
  init(path: String) throws {
    self =
      DirectoryArtifactStore.isArtifactFolder(path)
      ? .artifacts(try DirectoryArtifactStore(path: path)) : .folder(path)
  }

  /// Where backups are.
  var backupPrefix: String {
    switch self {
    case .artifacts: Backup.prefix
    case .folder: ""
    }
  }

  /// The prefixes of all files with a name, sorted: `""` for one in the folder itself.
  func prefixes(of file: String, under prefix: String) async throws -> [String] {
    let names: [String] =
      switch self {
      case .artifacts(let store): try await store.all(prefix: prefix).map(\.name.text)
      case .folder(let path): try Self.files(in: path)
      }
    return names.filter { $0 == file || $0.hasSuffix("/" + file) }.map { String($0.dropLast(file.count)) }.sorted()
  }

  /// The bytes of a file in pieces.
  func read(_ name: String, _ body: ([UInt8]) async throws -> Void) async throws {
    switch self {
    case .artifacts(let store):
      guard let artifactName = ArtifactName(name), let artifact = try await store.artifact(artifactName) else {
        throw ArchiveError("there is no \(name)")
      }
      try await store.read(artifact, pieces: body)
    case .folder(let path):
      let file = try FileReader("\(path)/\(name)")
      while case let piece = try file.read(1 << 18), !piece.isEmpty { try await body(piece) }
    }
  }

  func contents(_ name: String) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    try await read(name) { bytes += $0 }
    return bytes
  }

  private static func files(in path: String) throws -> [String] {
    guard let names = FileManager.default.enumerator(atPath: path) else {
      throw ArchiveError("cannot read the folder \(path)")
    }
    return names.compactMap { $0 as? String }
  }
}
