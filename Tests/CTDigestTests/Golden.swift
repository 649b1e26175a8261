import Glibc

/// What a digest looked like when somebody last looked at it.
enum Golden {
  private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Goldens"

  /// The text that was accepted; with `RECORD_GOLDENS` set it is written anew, and the test fails so that nobody forgets.
  static func expected(_ name: String, recording content: String) throws -> String? {
    let isRecording = getenv("RECORD_GOLDENS") != nil
    guard let file = fopen("\(folder)/\(name)", isRecording ? "w" : "r") else { throw CannotOpen(name: name) }
    defer { fclose(file) }
    if isRecording {
      fputs(content, file)
      return nil
    }
    var text: [UInt8] = []
    while case let byte = getc(file), byte != EOF { text.append(UInt8(byte)) }
    return String(decoding: text, as: UTF8.self)
  }

  private struct CannotOpen: Error { let name: String }
}
