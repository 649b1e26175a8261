internal import Glibc

/// Files that are written only where their bytes change, so that what is built from them is not built again.
enum OutputFile {
  /// Whether the file now has the content; else `errno` says why not.
  static func write(_ content: String, to path: String) -> Bool { write(Array(content.utf8), to: path) }

  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    if holds(bytes, path) { return true }
    guard let file = fopen(path, "w") else { return false }
    let written = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && written == bytes.count
  }

  /// Whether a file has the content already. A pipe or a device has none: reading from it might never end.
  private static func holds(_ bytes: [UInt8], _ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == bytes.count,
      let file = fopen(path, "r")
    else { return false }
    defer { fclose(file) }
    let content = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    return content == bytes
  }
}
