import CTCrypto
import Glibc

/// The bytes of artifacts, each under its SHA-256.
struct ObjectFolder: Sendable {
  let path: String
  /// The file whose lock keeps the removal of an object apart from the moment in which it gets a record.
  let lock: String

  private func folder(of sha256: Digest) -> String { "\(path)/\(sha256.hex.prefix(2))" }
  private func file(of sha256: Digest) -> String { "\(folder(of: sha256))/\(sha256.hex)" }

  /// Puts a finished draft in place, unless the same bytes are there, and lets `record` be written.
  func install(
    _ draft: Draft, as sha256: Digest, _ record: () throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    let lock = try FileLock(lock, exclusive: false)
    defer { lock.release() }
    let file = file(of: sha256)
    // Touched, so that it is not taken for one that nobody has needed for long.
    if access(file, F_OK) == 0, utimensat(AT_FDCWD, file, nil, 0) == 0 {
      draft.discard()
    } else {
      try ArtifactFiles.createDirectory(folder(of: sha256))
      guard rename(draft.path, file) == 0 else { throw .system("cannot write \(file)") }
      try ArtifactFiles.sync(folder(of: sha256))
    }
    try record()
  }

  /// Runs `body` while no artifact gets its record.
  func whileNothingIsPut(_ body: () -> Void) throws(ArtifactError) {
    let lock = try FileLock(lock, exclusive: true)
    defer { lock.release() }
    body()
  }

  func read(_ artifact: Artifact, _ range: Range<Int64>) throws(ArtifactError) -> [UInt8] {
    let file = file(of: artifact.sha256)
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw ArtifactError(.notFound, "\(artifact.name) is not there any more") }
      throw .system("cannot open \(artifact.name) (\(file))")
    }
    defer { close(descriptor) }
    let bytes = try ArtifactFiles.read(descriptor, at: range.lowerBound, range.count, file)
    guard bytes.count == range.count else {
      throw ArtifactError(.damaged, "\(artifact.name) is shorter than it was (\(file))")
    }
    return bytes
  }

  /// Removes every object that is not needed and that nobody has touched for so long.
  func removeAll(except needed: Set<Digest>, olderThan seconds: Int) throws(ArtifactError) {
    for prefix in try ArtifactFiles.names(in: path) {
      for name in try ArtifactFiles.names(in: "\(path)/\(prefix)") {
        guard let sha256 = Digest(hex: name.utf8), !needed.contains(sha256) else { continue }
        let lock = try FileLock(lock, exclusive: true)
        defer { lock.release() }
        let file = file(of: sha256)
        if let age = ArtifactFiles.age(of: file), age >= seconds { unlink(file) }
      }
    }
  }
}

/// An advisory lock between processes and threads, for a moment.
final class FileLock {
  private let descriptor: Int32

  init(_ path: String, exclusive: Bool) throws(ArtifactError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot open \(path)") }
    while flock(descriptor, exclusive ? LOCK_EX : LOCK_SH) != 0 {
      guard errno == EINTR else { throw .system("cannot lock \(path)") }
    }
  }

  func release() { flock(descriptor, LOCK_UN) }

  deinit { close(descriptor) }
}
