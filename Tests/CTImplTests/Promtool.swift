import Foundation

/// `promtool check metrics` (Debian's package `prometheus`), where it is present.
enum Promtool {
  /// What it complains of; `nil` when it does not, or is not there.
  static func complaint(about text: String) throws -> String? {
    let path = ["/usr/bin/promtool", "/usr/local/bin/promtool"].first(where: FileManager.default.isExecutableFile)
    guard let path else { return nil }
    let process = Process()
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["check", "metrics"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 && said.isEmpty ? nil : "\(process.terminationStatus): \(said)"
  }
}
