internal import CTArchive
internal import CTArtifacts
internal import CTCrypto
internal import CTJSON
internal import Glibc

/// `control-tower artifacts …`: works on the folder itself, also when no tower runs any more.
struct ArtifactsCommand {
  private enum Action {
    case list(prefix: String)
    case get(ArtifactName, output: String)
  }

  private let action: Action
  private let path: String

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    var rest = arguments
    guard let verb = rest.popFirst() else { throw UsageError("artifacts needs one of: list, get") }
    guard ["list", "get"].contains(verb) else {
      throw UsageError("there is no command 'artifacts \(verb)'; there are list, get")
    }
    let options = try CommandLineArguments(rest, options: ["--data", "--artifacts", "--out"], words: 1)
    let word = options.words.first
    guard let path = options["--artifacts"] ?? options["--data"].map({ "\($0)/artifacts" }) else {
      throw UsageError("artifacts needs --artifacts DIR, or --data DIR for those in a data directory")
    }
    self.path = path
    guard verb == "get" else {
      guard options["--out"] == nil else { throw UsageError("artifacts list writes to no file") }
      action = .list(prefix: word ?? "")
      return
    }
    guard let word else { throw UsageError("artifacts get needs a NAME; list shows them") }
    guard let name = ArtifactName(word) else { throw UsageError("'\(word)' is no artifact's name; list shows them") }
    guard let output = options["--out"] else { throw UsageError("artifacts get needs --out FILE") }
    action = .get(name, output: output)
  }

  func run() async throws -> Int32 {
    guard DirectoryArtifactStore.isArtifactFolder(path) else {
      throw UsageError("\(path) is no folder of a tower's artifacts")
    }
    let store = try DirectoryArtifactStore(path: path)
    switch action {
    case .list(let prefix):
      for artifact in try await store.all(prefix: prefix) {
        print("\(artifact.name)  \(artifact.size)  \(artifact.createdAt)  \(artifact.sha256.hex)")
      }
    case .get(let name, let output): try await get(name, output, store)
    }
    return 0
  }

  private func get(_ name: ArtifactName, _ output: String, _ store: DirectoryArtifactStore) async throws {
    guard let artifact = try await store.artifact(name) else {
      throw ArtifactError(.notFound, "There is no artifact \(name)")
    }
    let file = try FileWriter(creating: output)
    do {
      try await store.read(artifact) { try file.write($0[...]) }
      try file.finish()
    } catch {
      unlink(output)
      throw error
    }
    print("\(output): \(artifact.size) bytes, SHA-256 \(artifact.sha256.hex)")
  }
}
