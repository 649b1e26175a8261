import CTHTTP
import CTJSON
import Foundation

@testable import CTChannels

/// aiosmtpd in a process of its own; see `mail_server.py`.
final class MailPeer {
  let port: UInt16
  private let process = Process()
  private let output = Pipe()
  private var pending = Data()

  struct Failure: Error, CustomStringConvertible { let description: String }

  init(_ arguments: [String]) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let python = root.appendingPathComponent(".build-venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Failure(description: "the mail server for the tests is missing; run: scripts/dependencies checks")
    }
    process.executableURL = python
    process.arguments = [folder.appendingPathComponent("mail_server.py").path] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    var port: UInt16?
    while port == nil {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Failure(description: "the mail server ended; is .build-venv complete?") }
      pending += data
      port = Self.line(&pending).flatMap { UInt16($0) }
    }
    self.port = port ?? 0
  }

  /// SIGKILL, because a child inherits the signal mask of the thread that starts it.
  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The next message that the server has taken; it is reported before the server says that it was taken.
  func message() throws -> JSONValue {
    while true {
      if let line = Self.line(&pending) { return try JSONValue(parsing: Array(line.utf8)) }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Failure(description: "the mail server has taken no message") }
      pending += data
    }
  }

  /// How to reach it.
  func server(
    _ security: SMTPServer.Security = .none, host: String = "127.0.0.1", login: SMTPServer.Login? = nil,
    authorities: String? = nil, allowing: [String] = ["127.0.0.1"]
  ) -> SMTPServer {
    SMTPServer(
      host: host, port: port, security: security, login: login, authorities: authorities,
      outbound: .public(allowing: allowing.compactMap { .init($0) }))
  }

  private static func line(_ data: inout Data) -> String? {
    guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { data = Data(data[data.index(after: end)...]) }
    return String(decoding: data[..<end], as: UTF8.self)
  }
}

/// A certificate for 127.0.0.1 and localhost and the authority that signed it, made by the `openssl` command.
final class TestCertificate {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("ct-mail-\(UInt64.random(in: 0 ... .max))").path

  var authority: String { "\(folder)/ca.pem" }
  var file: String { "\(folder)/server.pem" }
  var key: String { "\(folder)/server.key" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try make("ca", "/CN=test authority", [])
    let names = "subjectAltName=IP:127.0.0.1,DNS:localhost"
    try make("server", "/CN=test server", ["-addext", names, "-CA", authority, "-CAkey", "\(folder)/ca.key"])
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func make(_ name: String, _ subject: String, _ rest: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "openssl", "req", "-x509", "-days", "2", "-subj", subject, "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:P-256", "-nodes", "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).pem",
      ] + rest
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw MailPeer.Failure(description: "openssl req failed") }
  }
}
