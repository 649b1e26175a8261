import Foundation
import Glibc

@testable import CTHTTP

/// Certificates made by the `openssl` command, in a folder that goes away with this.
final class Certificates {
  let folder: URL
  var authority: String { path("ca.pem") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("cthttp-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try make("ca", subject: "/CN=test authority", [])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// A certificate for these alternative names, such as `DNS:localhost`, signed by the authority.
  func issue(_ name: String, for names: String) throws {
    try make(
      name, subject: "/CN=test server",
      ["-addext", "subjectAltName=\(names)", "-CA", authority, "-CAkey", path("ca.key")])
  }

  private func make(_ name: String, subject: String, _ rest: [String]) throws {
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path("\(name).key")]
    let arguments = ["req", "-x509", "-days", "2", "-subj", subject, "-out", path("\(name).pem")] + key + rest
    let process = try openssl(arguments, output: FileHandle.nullDevice)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw SystemError("openssl req", code: process.terminationStatus) }
  }
}

/// `openssl s_server`, which answers every request with a page about the session, over HTTP/1.0.
final class TLSPeer {
  let port: UInt16
  private let process: Process

  init(_ certificates: Certificates, _ name: String, arguments: [String] = []) throws {
    let output = Pipe()
    let files = ["-cert", certificates.path("\(name).pem"), "-key", certificates.path("\(name).key")]
    process = try openssl(["s_server", "-www", "-accept", "127.0.0.1:0"] + files + arguments, output: output)
    var text = ""
    var port: UInt16?
    while port == nil {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw SystemError("openssl s_server said \(text)", code: 0) }
      text += String(decoding: data, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let line = lines.first { $0.hasPrefix("ACCEPT") }
      port = line.flatMap { $0.split(separator: ":").last }.flatMap { UInt16($0) }
    }
    self.port = port ?? 0
  }

  /// SIGKILL, because a child inherits the signal mask of the dispatch thread that starts it, and that blocks SIGTERM.
  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  func url(_ host: String) throws -> URLParts {
    guard let url = URLParts("https://\(host):\(port)/") else { throw SystemError("not a URL", code: 0) }
    return url
  }
}

private func openssl(_ arguments: [String], output: Any) throws -> Process {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["openssl"] + arguments
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  return process
}
