import CTArtifacts
import CTJSON
import Foundation
import Glibc

/// A directory that is removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/ct-artifacts-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    precondition(made, "cannot make a temporary directory")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The paths of all files in it, from here on, sorted.
  func files(in folder: String = "") -> [String] {
    guard let directory = opendir("\(path)/\(folder)") else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      if entry.pointee.d_type == UInt8(DT_DIR) { found += files(in: path) } else { found.append(path) }
    }
    return found.sorted()
  }
}

let noon = Timestamp("2025-09-27T12:00:00Z")!

func name(_ text: String) -> ArtifactName { ArtifactName(text)! }

/// The error that `body` throws.
func failure(_ body: () async throws -> Void) async -> ArtifactError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? ArtifactError
  }
}
