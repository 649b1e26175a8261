import CTJSON
import Foundation
import Mutants
import Testing

/// The weekly review of the taxonomy, and the comparison of revisions.
@Suite struct ReviewTests {
  @Test func `A review names unknown types, undeclared fields, volumes, and what was not seen`() async throws {
    let verdict = try await withDeployment([.unknownTypeAccepted], tokens: TinyTower.names) { options in
      let filled = await ctconform(["run", "--suite", "smoke,taxonomy"] + options)
      #expect(filled.exitCode == 1)
      let silent = await ctconform(["taxonomy", "--since", "1d", "--format", "json"] + reading(options))
      #expect(silent.exitCode == 0 && silent.output.contains(#""events": 0"#), "what it sends itself says nothing")
      return await ctconform(["taxonomy", "--since", "1d", "--own-events"] + reading(options))
    }
    #expect(verdict.exitCode == 1)
    #expect(verdict.output.contains("- `ctconform.unknown`"), "\(verdict.output)")
    #expect(verdict.output.contains("/payload/ctconformNote, once, such as `ctconform_"))
    #expect(verdict.output.contains("| system.heartbeat | "))
    // The tower's own types are sent by no producer, and by the owner only.
    #expect(verdict.output.contains("## In the taxonomy and not seen\n\nNone."))
  }

  @Test func `A review of nothing says so, and is no failure unless it is strict`() async throws {
    let (plain, strict) = try await withDeployment { options in
      let plain = await ctconform(["taxonomy", "--format", "json"] + reading(options))
      return (plain, await ctconform(["taxonomy", "--strict"] + reading(options)))
    }
    #expect(plain.exitCode == 0)
    let value = try JSONValue(parsing: Array(plain.output.utf8))
    #expect(value["events"]?.number == 0)
    #expect(value["unseenTypes"]?.elements?.isEmpty == false)
    #expect(strict.exitCode == 1)
  }

  @Test func `A review without the right to read is no verdict: 2`() async throws {
    let verdict = try await withDeployment { options in
      await ctconform(["taxonomy"] + reading(options).map { $0 == "TOKEN_MAINTAINER" ? "wrong" : $0 })
    }
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.contains("the events cannot be read: 401"))
  }

  @Test(arguments: [
    ["taxonomy", "--since", "soon"], ["taxonomy", "--format", "pdf"], ["taxonomy", "--events", "0"],
    ["drift", "--head", "HEAD"], ["drift", "--base", "HEAD", "--url", "http://127.0.0.1:1"],
    ["drift", "--base", "no-such-revision"], ["diff", "one.yaml"], ["diff", "/no/such.yaml", "/no/other.yaml"],
    ["diff", "git:-x:y", "z"], ["lint", "--spec", "/no/such.yaml"], ["lint", "--format", "pdf"], ["drift"],
  ])
  func `A review that cannot be made: 2, with the reason`(arguments: [String]) async {
    let verdict = await ctconform(arguments)
    #expect(verdict.exitCode == 2)
    #expect(verdict.errors.hasPrefix("ctconform: "))
  }

  @Test func `Drift: a deployment of this spec has none, and one with a stale spec has`() async throws {
    let options = ["--token-maintainer", TinyTower.token(of: "maintainer")]
    let clean = try await withDeployment { await ctconform(["drift"] + $0.prefix(4) + options) }
    #expect(clean.exitCode == 0, "\(clean.output)")
    let stale = try await withDeployment([.servesSpecWithoutOperation]) {
      await ctconform(["drift"] + $0.prefix(4) + options)
    }
    #expect(stale.exitCode == 1)
    #expect(stale.output.contains("operation-removed"))
  }

  @Test func `Two documents: what breaks is 1 unless the version tells so`() async throws {
    let source = try String(contentsOfFile: Specification.file, encoding: .utf8)
    let schemas = Specification.file.replacing("docs/design/openapi/control_tower.yaml", with: "docs/control_tower/")
    let old = source.replacing("../../control_tower/", with: schemas)
    let broken = old.replacing("  /livez:\n", with: "  /alive:\n")
    try await withFolder { folder in
      for (name, text) in [
        ("old", old), ("broken", broken), ("announced", broken.replacing("version: 0.1.0", with: "version: 0.2.0")),
      ] {
        try text.write(toFile: "\(folder)/\(name).yaml", atomically: true, encoding: .utf8)
      }
      let same = await ctconform(["diff", "\(folder)/old.yaml", "\(folder)/old.yaml"])
      #expect(same.exitCode == 0)
      #expect(same.output.contains("no change"))
      let breaking = await ctconform(["diff", "\(folder)/old.yaml", "\(folder)/broken.yaml"])
      #expect(breaking.exitCode == 1)
      #expect(breaking.output.contains("breaking: GET /livez"), "\(breaking.output)")
      #expect(await ctconform(["diff", "\(folder)/old.yaml", "\(folder)/announced.yaml"]).exitCode == 0)
    }
  }

  @Test func `The spec of this repository is clean`() async {
    let folder = Specification.file.split(separator: "/").dropLast().joined(separator: "/")
    let verdict = await ctconform(["lint", "--spec", Specification.file, "--config", "/\(folder)/lint.yaml"])
    #expect(verdict.exitCode == 0, "\(verdict.output)\(verdict.errors)")
  }

  /// URL and spec, and the token that a review needs.
  private func reading(_ options: [String]) -> [String] {
    options.prefix(4) + ["--token-maintainer", TinyTower.token(of: "maintainer")]
  }
}
