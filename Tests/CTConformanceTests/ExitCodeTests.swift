import CTHTTP
import Mutants
import Testing

/// 2 says that nothing can be said: it is never taken for 1, and never for 0.
@Suite struct ExitCodeTests {
  private let complete = [
    "--spec", Specification.file, "--secret", "s", "--token-finance", "f", "--token-maintainer", "m",
  ]

  @Test func `Nothing answers: 2`() async {
    let verdict = await ctconform(["smoke", "--url", "http://127.0.0.1:1"] + complete)
    #expect(verdict.exitCode == 2)
    #expect(verdict.output.contains("could not run: http://127.0.0.1:1: cannot connect"))
  }

  @Test func `A name that is not known: 2`() async {
    let verdict = await ctconform(["smoke", "--url", "http://no-such-host.invalid"] + complete)
    #expect(verdict.exitCode == 2)
  }

  @Test func `TLS where there is none: 2`() async throws {
    let verdict = try await withDeployment { options in
      let url = options[1].replacing("http:", with: "https:")
      return await ctconform(["smoke", "--url", url] + complete)
    }
    #expect(verdict.exitCode == 2)
    #expect(verdict.output.contains("no TLS with"))
  }

  @Test(arguments: ["--url", "--secret", "--token-finance", "--token-maintainer"])
  func `A missing option is named: 2`(option: String) async throws {
    let verdict = try await withDeployment { options in
      var options = options
      if let place = options.firstIndex(of: option) { options.removeSubrange(place...place + 1) }
      return await ctconform(["smoke"] + options)
    }
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.contains(option))
  }

  @Test func `Options may come from the environment`() async throws {
    let verdict = try await withDeployment { options in
      await ctconform(
        ["smoke", "--spec", Specification.file],
        environment: [
          "CT_URL": options[1], "CT_WEBHOOK_SECRET": "secret", "CT_TOKEN_FINANCE": "TOKEN_FINANCE",
          "CT_TOKEN_MAINTAINER": "TOKEN_MAINTAINER",
        ])
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)\(verdict.errors)")
  }

  @Test(arguments: ["/no/such/file.yaml", #filePath])
  func `A spec that cannot be read: 2`(file: String) async {
    let options = ["--url", "http://127.0.0.1:1", "--spec", file, "--secret", "s"]
    let verdict = await ctconform(["smoke"] + options + ["--token-finance", "f", "--token-maintainer", "m"])
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.contains(file))
  }

  @Test(arguments: [
    ["smoke", "--nonsense"], ["smoke", "--url"], ["smoke", "--url", "ftp://host"], ["fly"], [],
    ["smoke", "--url", "http://h", "--url", "http://h"], ["smoke", "--timeout", "never", "--url", "http://h"],
    ["smoke", "--color", "blue", "--url", "http://h"], ["smoke", "--read-only=yes", "--url", "http://h"],
  ])
  func `A wrong command line: 2`(arguments: [String]) async {
    let verdict = await ctconform(arguments)
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.hasPrefix("ctconform: "))
    #expect(verdict.output.isEmpty)
  }

  @Test func `With read-only only what reads is left of the smoke plan, and the rest is named`() async throws {
    let tower = try TinyTower(spec: Specification.load(), secret: "secret")
    let verdict = try await withDeployment(tower, tokens: ["finance", "maintainer", "operator"]) { options in
      await ctconform(["smoke", "--read-only"] + options)
    }
    #expect(verdict.exitCode == 0)
    #expect(tower.eventCount == 0)
    #expect(verdict.output.contains("ok    7.4 Generate/read daily digest"))
    #expect(verdict.output.contains("skip  7.1 Compute an HMAC and send an event: it writes"))
    #expect(verdict.output.contains("1 passed, 0 failed, 7 skipped (7 read-only)"), "\(verdict.output)")
  }

  @Test func `With read-only and no token that reads nothing is left, and that is not a pass: 2`() async throws {
    let verdict = try await withDeployment(tokens: ["finance"]) { options in
      await ctconform(["smoke", "--read-only"] + options)
    }
    #expect(verdict.exitCode == 2)
    #expect(verdict.output.contains("skip  7.4 Generate/read daily digest: needs --token-maintainer"))
    #expect(verdict.output.contains("0 passed, 0 failed, 8 skipped"))
  }

  @Test(arguments: [["--help"], ["smoke", "--help"]])
  func `Help is no fault: 0`(arguments: [String]) async {
    let verdict = await ctconform(arguments)
    #expect(verdict.exitCode == 0)
    #expect(verdict.output.contains("Exit status: 0"))
  }
}
