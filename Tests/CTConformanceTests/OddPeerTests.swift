import Foundation
import Mutants
import Testing

/// What cannot be judged is no verdict, whatever it does instead.
@Suite struct OddPeerTests {
  private let complete = [
    "--spec", Specification.file, "--secret", "s", "--token-finance", "f", "--token-maintainer", "m", "--timeout",
    "0.5",
  ]

  @Test(arguments: ["run", "smoke", "drift", "taxonomy"])
  func `A peer that does not speak HTTP: 2`(command: String) async throws {
    let peer = try OddPeer(.says("SSH-2.0-OpenSSH_9.6\r\n"))
    let verdict = await ctconform([command, "--url", peer.url] + options(of: command))
    #expect(verdict.exitCode == 2)
    #expect((verdict.output + verdict.errors).contains("the response is not acceptable"))
  }

  @Test func `A peer that closes without a word: 2`() async throws {
    let peer = try OddPeer(.says(""))
    let verdict = await ctconform(["run", "--url", peer.url] + complete)
    #expect(verdict.exitCode == 2)
  }

  @Test func `A peer that hangs: 2, within the timeout`() async throws {
    let peer = try OddPeer(.hangs)
    let verdict = await ctconform(["run", "--url", peer.url] + complete)
    #expect(verdict.exitCode == 2)
    #expect(verdict.output.contains("timed out: response"))
  }

  @Test func `A peer that hangs after its first answer: 1, without waiting for thousands more`() async throws {
    let peer = try OddPeer(.saysOnce("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
    let verdict = await ctconform(
      ["run", "--only", "contract-*", "--url", peer.url] + complete + ["--token-owner", "o"])
    #expect(verdict.exitCode == 1)
    #expect(verdict.output.contains("not run: 20 requests or more were not answered in time"), "\(verdict.output)")
  }

  @Test func `A peer whose response has no end: 2, without keeping it`() async throws {
    let peer = try OddPeer(.neverStops)
    let verdict = await ctconform(["run", "--url", peer.url] + complete)
    #expect(verdict.exitCode == 2)
  }

  @Test func `Another API is no deployment that conforms: 1`() async throws {
    let text = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
    let peer = try OddPeer(.says(text))
    let verdict = await ctconform(["run", "--only", "contract-read", "--url", peer.url] + complete)
    #expect(verdict.exitCode == 1)
    #expect(verdict.output.contains("[response-media-type]"))
  }

  @Test func `A certificate that is not trusted: 2, and taken with its authority`() async throws {
    try await withFolder { folder in
      let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem"]
      let subject = ["-subj", "/CN=t", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-out", "cert.pem"]
      let made = try await execute("openssl", ["req", "-x509"] + key + subject, folder: folder)
      #expect(made.status == 0, "\(made.output)")
      let server = try TLSServer(folder)
      let url = "https://127.0.0.1:\(server.port)"
      let refused = await ctconform(["run", "--only", "contract-read", "--url", url] + complete)
      #expect(refused.exitCode == 2)
      #expect(refused.output.contains("no TLS with"))
      let taken = await ctconform(
        ["run", "--only", "contract-read", "--url", url, "--ca", "\(folder)/cert.pem"] + complete)
      #expect(taken.exitCode == 1)
    }
  }

  /// The options that a command knows.
  private func options(of command: String) -> [String] {
    guard command == "taxonomy" else { return complete }
    return ["--spec", Specification.file, "--token-maintainer", "m", "--timeout", "0.5"]
  }
}

/// `openssl s_server`, which answers every request with a page.
private final class TLSServer {
  let port: UInt16
  private let process = Process()

  init(_ folder: String) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "openssl", "s_server", "-www", "-accept", "127.0.0.1:0", "-cert", "\(folder)/cert.pem", "-key",
      "\(folder)/key.pem",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var text = ""
    while !text.contains("ACCEPT") || text.last != "\n" {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
    port = line?.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
  }

  /// SIGKILL, because a child inherits the signal mask of the thread that starts it, and that may block SIGTERM.
  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
