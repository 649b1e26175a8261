import CTCrypto

extension Artifact {
  func isDigest(of bytes: [UInt8]) -> Bool { SHA256.hash(bytes) == sha256 }
}

/// Compares an artifact that is read in pieces with its digest.
struct ArtifactCheck: ~Copyable {
  private let artifact: Artifact
  private var hash = SHA256()

  init(_ artifact: Artifact) { self.artifact = artifact }

  mutating func update(_ piece: [UInt8]) { hash.update(piece) }

  mutating func finish() throws(ArtifactError) {
    guard hash.finish() == artifact.sha256 else {
      throw ArtifactError(.damaged, "\(artifact.name) is not what was put there")
    }
  }
}
