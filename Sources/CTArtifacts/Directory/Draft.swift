import CTCrypto
import Glibc
import Synchronization

/// A file that is being written and has no name yet that anybody looks for.
final class Draft: Sendable {
  let path: String
  private let descriptor: Int32
  private let state = Mutex(State())

  private struct State: ~Copyable {
    var hash = SHA256()
    var size: Int64 = 0
    var isOpen = true
    /// How far the disk was asked to begin.
    var begun: Int64 = 0
  }

  /// So much is written before the disk is asked to begin with it: not all at the end, which would hold up other syncs.
  private static let piece: Int64 = 256 << 10

  init(folder: String) throws(ArtifactError) {
    path = "\(folder)/\(Hex.encode(SecureRandom.bytes(16)))"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot create \(path)") }
  }

  func write(_ bytes: [UInt8]) throws(ArtifactError) {
    try state.withLock { state throws(ArtifactError) in
      try ArtifactFiles.write(bytes, to: descriptor, path)
      state.hash.update(bytes)
      state.size += Int64(bytes.count)
      if state.size - state.begun >= Self.piece {
        // Nobody reads it soon: the kernel begins to write such pages, and does not wait for the disk.
        posix_fadvise(descriptor, off_t(state.begun), off_t(state.size - state.begun), POSIX_FADV_DONTNEED)
        state.begun = state.size
      }
    }
  }

  /// Makes the bytes durable, and tells how many they are and their digest.
  func finish() throws(ArtifactError) -> (size: Int64, sha256: Digest) {
    try state.withLock { state throws(ArtifactError) in
      guard fsync(descriptor) == 0 else { throw .system("cannot sync \(path)") }
      close(descriptor)
      state.isOpen = false
      return (state.size, state.hash.finish())
    }
  }

  /// Removes it, if it still has its first name.
  func discard() { unlink(path) }

  deinit { if state.withLock({ $0.isOpen }) { close(descriptor) } }
}
