import CTJSON
import Foundation
import Mutants
import Testing

@Suite struct ReportTests {
  @Test func `Several reports are written at once, each in its form`() async throws {
    try await withFolder { folder in
      let names = ["json", "junit", "sarif", "github", "markdown"]
      let verdict = try await withDeployment([.ignoresPatternOfOneField], tokens: TinyTower.names) { options in
        let reports = names.map { "\($0)=\(folder)/\($0)" }.joined(separator: ",")
        return await ctconform(["run", "--report", reports, "--only", "contract-body-invalid"] + options)
      }
      #expect(verdict.exitCode == 1)
      let texts = try Dictionary(
        uniqueKeysWithValues: names.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) })
      let json = try JSONValue(parsing: Array(texts["json", default: ""].utf8))
      #expect(json["findings"]?.elements?.count == 1)
      let sarif = try JSONValue(parsing: Array(texts["sarif", default: ""].utf8))
      let result = sarif["runs"]?.elements?.first?["results"]?.elements?.first
      #expect(result?["ruleId"]?.string == "contract-body-invalid")
      #expect(texts["github"]?.hasPrefix("::error file=") == true)
      #expect(texts["markdown"]?.contains("## Findings") == true)
      let parsed = try await execute(
        "python3",
        [
          "-c", "import sys, xml.dom.minidom as m; print(m.parse(sys.argv[1]).documentElement.tagName)",
          "\(folder)/junit",
        ])
      #expect(parsed.output == "testsuites\n")
    }
  }

  @Test func `One cause is one finding with a count`() async throws {
    let verdict = try await withDeployment([.ignoresMaxLength], tokens: TinyTower.names) { options in
      await ctconform(["run", "--only", "contract-body-invalid", "--report", "markdown=-"] + options)
    }
    let count = verdict.output.split(separator: "\n").count { $0.contains("maxLength is not enforced  [") }
    #expect(count > 1)
    #expect(verdict.output.contains(" times"), "one for each clause, not for each case")
  }

  @Test(arguments: [
    (Fault.signatureIgnored, "auth-signature-tampered", "whatever is wrong with its signature"),
    (.anySchemeAccepted, "auth-token-wrong", "no operation refuses a token under another scheme"),
  ]) func `What is wrong everywhere is one finding`(fault: Fault, check: String, words: String) async throws {
    let verdict = try await withDeployment([fault], tokens: TinyTower.names) { options in
      await ctconform(["run", "--only", check, "--report", "markdown=-"] + options)
    }
    let lines = verdict.output.split(separator: "\n").filter { $0.contains(words) && $0.contains("error: ") }
    #expect(lines.count == 1, "\(lines)")
    #expect(verdict.output.contains(" times"))
  }

  @Test func `The list of cases is the same each time, and has what is wrong with each`() async {
    let (first, second) = (
      await ctconform(["list", "--cases", "--spec", Specification.file]),
      await ctconform(["list", "--cases", "--spec", Specification.file])
    )
    #expect(first.output == second.output)
    #expect(first.output.contains("invalid  required of /eventId"))
    #expect(first.output.contains("POST /dlq/replay"))
  }

  @Test func `The list can be narrowed like a run`() async {
    let verdict = await ctconform(["list", "--suite", "limits", "--spec", Specification.file])
    #expect(verdict.output.contains("limits-slow-head"))
    #expect(!verdict.output.contains("auth-token-missing"))
  }
}
