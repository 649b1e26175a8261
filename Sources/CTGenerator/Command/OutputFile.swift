internal import Glibc

/// Files that are written only where their bytes change, so that what is built from them is not built again.
enum OutputFile {
  /// Whether the file now has the content; else `errno` says why not.
  static func write(_ content: String, to path: String) -> Bool { write(Array(content.utf8), to: path) }

  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    if read(path) == bytes { return true }
    guard let file = fopen(path, "w") else { return false }
    let written = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && written == bytes.count
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return bytes
  }
}
