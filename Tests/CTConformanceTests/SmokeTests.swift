import Mutants
import Testing

@Suite struct SmokeTests {
  @Test func `A deployment that conforms is green, step by step`() async throws {
    let verdict = try await withDeployment(tokens: ["finance", "maintainer", "operator"]) { options in
      await ctconform(["smoke"] + options)
    }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(verdict.output.contains("ok    7.1 Compute an HMAC and send an event"))
    #expect(verdict.output.contains("ok    7.1 Repeat the same request"))
    #expect(verdict.output.contains("ok    7.2 List events"))
    #expect(verdict.output.contains("ok    7.3 Execute a trigger (allow-listed)"))
    #expect(verdict.output.contains("ok    7.3 Then read the run"))
    #expect(verdict.output.contains("ok    7.4 Generate/read daily digest"))
    #expect(!verdict.output.contains("\u{1b}"))
  }

  @Test func `The same name sends the same bytes, another name others`() async throws {
    let (first, second, third) = try await (text(run: "a"), text(run: "a"), text(run: "b"))
    #expect(first == second)
    #expect(first != third)
  }

  /// What a run of this name prints, without times and ports.
  private func text(run: String) async throws -> [Substring] {
    let verdict = try await withDeployment([.repeatIsConflict]) { options in
      await ctconform(["smoke", "--run-id", run] + options)
    }
    return verdict.output.split(separator: "\n").filter { $0.contains("BODY=") }
  }

  @Test func `A name that was used before is no finding`() async throws {
    let verdict = try await withDeployment { options in
      _ = await ctconform(["smoke", "--run-id", "again"] + options)
      return await ctconform(["smoke", "--run-id", "again"] + options)
    }
    #expect(verdict.exitCode == 2)
    #expect(verdict.output.contains("choose another --run-id"))
  }
}
