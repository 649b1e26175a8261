import CTCrypto
import Glibc

/// The store's own secret, `digest.key`: 32 random bytes as 64 hexadecimal digits and a line feed, mode 0600, made at
/// the first start. It is a file of its own so that a copy of the database alone does not let anybody test guesses
/// of an event's body against its digest.
package enum KeyFile {
  static let name = "digest.key"

  /// The key in `directory`, made there if it is missing and `mayCreate`.
  static func load(directory: String, mayCreate: Bool) throws(StoreError) -> [UInt8] {
    let path = "\(directory)/\(name)"
    if Files.exists(path) { return try read(path) }
    guard mayCreate else { throw StoreError(.key, "\(path) is missing, but the database was made with one") }
    let key = SecureRandom.bytes(32)
    try write(key, path: path)
    try Files.syncDirectory(directory)
    return key
  }

  /// The key in a file.
  package static func read(_ path: String) throws(StoreError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot open \(path)") }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 66)
    let count = Glibc.read(descriptor, &text, text.count)
    guard count == 65, text[64] == UInt8(ascii: "\n"), let key = Hex.decode(text.prefix(64), case: .lowerOnly) else {
      throw StoreError(.key, "\(path) does not hold 64 hexadecimal digits and a line feed")
    }
    return key
  }

  /// Written under another name, synced and renamed, so that no half key is ever found.
  private static func write(_ key: [UInt8], path: String) throws(StoreError) {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("cannot create \(draft)") }
    defer { close(descriptor) }
    let text = Array((Hex.encode(key) + "\n").utf8)
    guard Glibc.write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0, rename(draft, path) == 0
    else { throw .system("cannot write \(path)") }
  }
}
