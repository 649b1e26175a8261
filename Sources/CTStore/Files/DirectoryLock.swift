import Glibc

/// The right to write to a data directory: an advisory lock on `tower.lock`, which the kernel drops when the process
/// ends in whatever way, so that no stale lock is ever left.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock, or throws `in-use` with the process id of its holder.
  init(directory: String) throws(StoreError) {
    let path = directory + "/tower.lock"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw .system("cannot open \(path)") }
    descriptor = opened
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      // `deinit` closes: it runs also when an initializer throws after all properties are set.
      throw StoreError(.inUse, "\(directory) is in use by process \(Self.holder(descriptor))")
    }
    ftruncate(descriptor, 0)
    let text = Array("\(getpid())\n".utf8)
    pwrite(descriptor, text, text.count, 0)
  }

  /// Gives the lock up, now and not when the last reference goes; doing so again does nothing.
  func release() { flock(descriptor, LOCK_UN) }

  deinit { close(descriptor) }

  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(0, count)).prefix { 48...57 ~= $0 }
    return digits.isEmpty ? "unknown" : String(decoding: digits, as: UTF8.self)
  }
}
