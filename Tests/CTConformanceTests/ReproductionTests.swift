import CTJSON
import Mutants
import Testing

/// A finding's commands show the fault by themselves, in a shell.
@Suite struct ReproductionTests {
  @Test(arguments: [
    (Fault.ignoresPatternOfOneField, "HTTP/1.1 202"), (.sha1Accepted, "HTTP/1.1 202"),
    (.trailingBytesAccepted, "HTTP/1.1 422"), (.viewerMaySend, "HTTP/1.1 202"), (.tokenPrefixAccepted, "HTTP/1.1 403"),
    (.countsUTF16, "HTTP/1.1 422"), (.deepBodyIsServerError, "HTTP/1.1 500"), (.mediaTypeIgnored, "HTTP/1.1 202"),
    (.optionsSucceeds, "HTTP/1.1 204"), (.limitIsNotChecked, "HTTP/1.1 200"), (.repeatIsConflict, "HTTP/1.1 409"),
    (.fieldIsNotChecked, "HTTP/1.1 200"),
  ])
  func `The commands of a finding show it`(fault: Fault, told: String) async throws {
    try await withDeployment([fault], tokens: TinyTower.names) { options in
      let verdict = await ctconform(["run", "--report", "json=-"] + fault.options + options)
      let text = verdict.output.split(separator: "\n", omittingEmptySubsequences: false)
      let start = try #require(text.firstIndex(of: "{"))
      let end = try #require(text[start...].firstIndex(of: "}"))
      let report = try JSONValue(parsing: Array(text[start...end].joined(separator: "\n").utf8))
      let finding = report["findings"]?.elements?.first { $0["check"]?.string == fault.expected.rule }
      let commands = try #require(finding?["reproduction"]?.string)
      var environment = ["CT_WEBHOOK_SECRET": "secret"]
      for name in TinyTower.names { environment["CT_TOKEN_\(name.uppercased())"] = TinyTower.token(of: name) }
      try await withFolder { folder in
        // A stream has no end of its own.
        let shown = try await execute(
          "sh", ["-c", commands.replacing("curl -i", with: "curl -s -m 2 -i")], environment: environment, folder: folder
        )
        #expect(shown.output.contains(told), "\(commands)\n\(shown.output)")
      }
    }
  }
}
