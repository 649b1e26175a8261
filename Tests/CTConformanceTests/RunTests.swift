import Mutants
import Testing

@Suite struct RunTests {
  @Test func `A deployment that conforms is green in every suite, and what was not reached is named`() async throws {
    let verdict = try await withDeployment(tokens: TinyTower.names) { options in
      await ctconform(["run", "--report", "markdown=-", "--token-expired", TinyTower.expired] + options)
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(!verdict.output.contains("  FAIL  "))
    #expect(!verdict.output.contains("  skip  "), "\(verdict.output)")
    #expect(verdict.output.contains("## Not reached"))
    #expect(verdict.output.contains("| POST /events | 503 | only when something fails in the deployment |"))
  }

  @Test func `Without tokens checks are skipped and named, and the rest is run`() async throws {
    let verdict = try await withDeployment(tokens: []) { options in
      await ctconform(["run", "--report", "markdown=-"] + options)
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(verdict.output.contains("no token of the run is let in"))
    #expect(verdict.output.contains("skip  7.1 Compute an HMAC and send an event: needs --token-finance"))
    #expect(verdict.output.contains("without a token or secret"))
  }

  @Test func `Read-only sends nothing that writes`() async throws {
    let tower = try TinyTower(spec: Specification.load(), secret: "secret")
    let verdict = try await withDeployment(tower, tokens: TinyTower.names) { options in
      await ctconform(["run", "--read-only"] + options)
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(tower.eventCount == 0)
    #expect(verdict.output.contains("read-only"))
  }

  @Test func `Checks are chosen by suite, by id, and by the beginning of ids`() async throws {
    let verdict = try await withDeployment { options in
      await ctconform(
        ["run", "--suite", "auth,limits", "--only", "auth-signature-*", "--skip", "auth-signature-same-words"] + options
      )
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(verdict.output.contains("2 passed, 0 failed"))
  }

  @Test func `With fail-fast the run ends with its first finding, and names what was not run`() async throws {
    let verdict = try await withDeployment([.ignoresMaxLength], tokens: TinyTower.names) { options in
      await ctconform(["run", "--fail-fast", "--only", "contract-body-invalid,auth-*"] + options)
    }
    #expect(verdict.exitCode == 1)
    #expect(verdict.output.contains("skip  A token that was valid once is refused: not run: there was a finding"))
    #expect(verdict.output.contains("0 passed, 1 failed, 12 skipped (12 not run)"), "\(verdict.output)")
  }

  @Test(arguments: [
    ["--suite", "none"], ["--only", "no-such-check"], ["--suite", "auth", "--only", "smoke-*"], ["--report", "pdf=x"],
    ["--report", "json=/no/such/folder/x"],
  ])
  func `A choice that fits nothing cannot be run`(arguments: [String]) async throws {
    let verdict = try await withDeployment { options in await ctconform(["run"] + arguments + options) }
    #expect(verdict.exitCode == 2)
    #expect(!verdict.errors.isEmpty)
  }

  @Test func `The list names every check with its clause`() async {
    let verdict = await ctconform(["list", "--spec", Specification.file])
    #expect(verdict.exitCode == 0)
    #expect(verdict.output.contains("contract-body-invalid"))
    #expect(verdict.output.contains("response-media-type"))
    #expect(verdict.output.contains("control_tower.yaml:"))
  }

  @Test func `Two runs of one name say the same, byte for byte`() async throws {
    let texts = try await [report(), report()]
    #expect(texts[0] == texts[1])
    #expect(texts[0].contains("\"exitCode\": 1"))
  }

  private func report() async throws -> String {
    let verdict = try await withDeployment([.refusalIsForbidden]) { options in
      await ctconform(
        ["run", "--only", "auth-token-missing,auth-roles-write", "--run-id", "same", "--report", "json=-"] + options)
    }
    let start = verdict.output.firstRange(of: "\n{\n")?.lowerBound ?? verdict.output.startIndex
    return verdict.output[start...].split(separator: "\n").prefix { $0 != "}" }.filter { !$0.contains("127.0.0.1") }
      .joined(separator: "\n")
  }
}
