import Mutants
import Testing

@Suite struct SmokeTests {
  @Test func `A deployment that conforms is green, and steps without an operation are named`() async throws {
    let verdict = try await withDeployment { options in await ctconform(["smoke"] + options) }
    #expect(verdict.exitCode == 0, "\(verdict.output)")
    #expect(verdict.output.contains("ok    7.1 Compute an HMAC and send an event"))
    #expect(verdict.output.contains("ok    7.1 Repeat the same request"))
    #expect(verdict.output.contains("ok    7.2 List events"))
    #expect(verdict.output.contains("skip  7.3 Execute a trigger (allow-listed): not in the spec"))
    #expect(!verdict.output.contains("\u{1b}"))
  }

  /// What each fault is caught by: the step that fails, and the check or rule that the finding names.
  static let catches: [(fault: Fault, step: String, rule: String)] = [
    (.acceptedIsOK, "7.1 Compute an HMAC", "response-status"),
    (.acceptedIsOK, "7.1 Compute an HMAC", "smoke-send-event"),
    (.acceptedIsServerError, "7.1 Compute an HMAC", "response-status"),
    (.acceptedIsNotStored, "7.1 Repeat the same request", "smoke-repeat-request"),
    (.receiptOfAnotherEvent, "7.1 Compute an HMAC", "smoke-send-event"),
    (.receiptWithoutStatus, "7.1 Compute an HMAC", "response-body"),
    (.receiptWithUndeclaredField, "7.1 Compute an HMAC", "response-body"),
    (.receiptIsText, "7.1 Compute an HMAC", "response-media-type"),
    (.receiptIsNotJSON, "7.1 Compute an HMAC", "response-body"),
    (.repeatIsConflict, "7.1 Repeat the same request", "smoke-repeat-request"),
    (.repeatIsOK, "7.1 Repeat the same request", "smoke-repeat-request"),
    (.repeatSaysAccepted, "7.1 Repeat the same request", "smoke-repeat-request"),
    (.repeatIsStored, "7.2 List events", "smoke-list-events"),
    (.listIsObject, "7.2 List events", "response-body"),
    (.listIsEmpty, "7.2 List events", "smoke-list-events"),
    (.listOmitsPayload, "7.2 List events", "smoke-list-events"),
    (.listChangesPayload, "7.2 List events", "smoke-list-events"),
    (.listChangesTime, "7.2 List events", "smoke-list-events"),
    (.listWithoutIngest, "7.2 List events", "response-body"),
    (.listFromIsExclusive, "7.2 List events", "smoke-list-events"),
    (.listShowsEventsTwice, "7.2 List events", "smoke-list-events"),
    (.signatureIgnored, "1.2 HMAC verification", "smoke-wrong-signature"),
    (.signatureOfAnyBody, "1.2 HMAC verification", "smoke-wrong-signature"),
    (.tokenIgnored, "3.1 No token", "smoke-no-token"),
    (.noChallenge, "3.1 No token", "response-header"),
    (.refusalIsForbidden, "3.1 No token", "smoke-no-token"),
    (.problemIsPlainJSON, "3.1 No token", "response-media-type"),
    (.problemWithWrongStatus, "3.1 No token", "response-problem"),
    (.problemWithoutTitle, "3.1 No token", "response-body"),
  ]

  @Test(arguments: catches)
  func `A fault is red and names the step`(fault: Fault, step: String, rule: String) async throws {
    let verdict = try await withDeployment([fault]) { options in
      await ctconform(["smoke", "--patience", "0.1"] + options)
    }
    #expect(verdict.exitCode == 1, "\(verdict.output)")
    #expect(verdict.output.contains("FAIL  \(step)"), "\(verdict.output)")
    #expect(verdict.output.contains("[\(rule)]"), "\(verdict.output)")
    #expect(verdict.output.contains("control_tower.yaml:") || verdict.output.contains("schema.json:"))
  }

  @Test func `Every fault of the table is caught by something`() {
    #expect(Set(Self.catches.map(\.fault)) == Set(Fault.allCases))
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
    return verdict.output.split(separator: "\n").filter { $0.contains("BODY=") || $0.contains("seen") }.map { line in
      line.firstRange(of: ", after ").map { line[..<$0.lowerBound] } ?? line
    }
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
