import Mutants
import Testing

/// Each fault by itself is red, and the finding names what it breaks.
@Suite struct MutantTests {
  @Test(arguments: try Fault.all(in: Specification.load()))
  func `A fault is caught by its check, with the clause that it breaks`(fault: Fault) async throws {
    let due = fault.expected
    let verdict = try await withDeployment([fault], tokens: TinyTower.names) { options in
      await ctconform(["run", "--token-expired", TinyTower.expired] + fault.options + options)
    }
    #expect(verdict.exitCode == 1, "\(verdict.output)\(verdict.errors)")
    let lines = verdict.output.split(separator: "\n")
    let found = lines.indices.contains { index in
      lines[index].contains("[\(due.rule)]") && index + 1 < lines.endIndex && lines[index + 1].contains("clause ")
        && lines[index + 1].contains(due.clause)
    }
    #expect(found, "\(due.rule) at \(due.clause):\n\(verdict.output)")
  }

  @Test func `A stream that shows nothing is no proof that nothing is shown`() async throws {
    let verdict = try await withDeployment([.streamIsSilent], tokens: TinyTower.names) { options in
      await ctconform(
        ["run", "--only", "taxonomy-redaction-marks,taxonomy-planted-nowhere", "--patience", "0.1"] + options)
    }
    #expect(verdict.exitCode == 1, "\(verdict.output)")
    #expect(verdict.output.contains("the stream does not show the planted event"))
  }

  @Test func `There are enough faults to trust the tool`() {
    #expect(Fault.allCases.count >= 60)
  }
}
