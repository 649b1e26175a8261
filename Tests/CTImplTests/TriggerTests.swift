import CTCrypto
import CTGenerated
import CTHTTP
import CTJSON
import CTRuns
import CTRuntime
import CTStore
import Testing

@testable import CTImpl

/// Triggers and runs over HTTP, with the generated client and the generated server.
@Suite struct TriggerTests {
  private static func shell(_ name: String, _ script: String) -> TriggerDefinition {
    var trigger = TriggerDefinition(
      name: name,
      work: .command(
        CommandDefinition(
          arguments: ["/bin/sh", "-c", script], directory: "/", environment: ["PATH": "/usr/bin:/bin"])))
    trigger.concurrency = 2
    return trigger
  }

  private static let result = #"echo '{"metrics":{"documentsGenerated":3}}'"#
  private static let contract = shell("contract.regenerate", result)

  /// - Parameter starts: whether runs are started, or only wait.
  private func with(
    _ triggers: [TriggerDefinition] = [contract], starts: Bool = true,
    _ body: (TestTower, HTTPOrigin) async throws -> Void
  ) async throws {
    try await TestTower.with(triggers: triggers) { tower in
      let (server, origin) = try tower.listen()
      let running = Task { if starts { await tower.runs.dispatcher.run() } }
      let end = {
        await tower.runs.dispatcher.stop(drain: .zero)
        running.cancel()
        await running.value
        await server.shutdown(grace: .seconds(1))
      }
      do { try await body(tower, origin) } catch {
        await end()
        throw error
      }
      await end()
    }
  }

  private func post(
    _ origin: HTTPOrigin, _ target: String, _ body: String, role: String = "operator", key: String? = nil
  ) async throws -> (status: Int, fields: HTTPFields, json: JSONValue) {
    var fields: HTTPFields = [
      "Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(role.uppercased())"),
      "Content-Type": "application/json",
    ]
    if let key { fields.append("Idempotency-Key", HTTPFieldValue(lossy: key)) }
    let response = try await HTTPClient().send(
      HTTPClientRequest(.post, URLParts(origin: origin, target: target), fields: fields, body: Array(body.utf8)))
    return (response.status.code, response.fields, try JSONValue(parsing: response.body))
  }

  // MARK: Starting

  @Test func aTriggerStartsARunThatIsShownWithAllThatBelongsToIt() async throws {
    try await with { tower, origin in
      let answer = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K456"}"#)
      let runId = try #require(answer.json["runId"]?.string)
      #expect(answer.status == 202 && answer.fields.value(of: "location") == "/runs/\(runId)")
      // The log ends when the run has.
      let lines = try await client(origin, role: "viewer").streamRunLog(runId: runId)
      guard case .ok = lines else {
        Issue.record("no log")
        return
      }
      let run = try await client(origin, role: "maintainer").getRun(runId: runId).run
      #expect(run.status == .success && run.initiator == "dev-operator")
      #expect(try JSONValue(parsing: run.metrics.bytes)["documentsGenerated"]?.number?.lexeme == "3")
      #expect(run.logs.count == 1 && run.links.logs == "/runs/\(runId)/logs")
      #expect(run.events?.map(\.type) == [.runFinished, .runStarted, .runQueued])
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let trigger: String
    let body: String
    let pointers: [String]
    var testDescription: String { "\(trigger) \(body)" }
  }

  @Test(arguments: [
    Bad(trigger: "contract.regenerate", body: "{}", pointers: [""]),
    Bad(
      trigger: "contract.regenerate", body: #"{"contractId":7,"documents":[],"other":1}"#,
      pointers: ["/contractId", "/documents", "/other"]),
    Bad(
      trigger: "finance.export.backfill", body: #"{"from":"2025-02-30","to":"soon"}"#, pointers: ["/from", "/to"]),
    Bad(trigger: "finance.export.backfill", body: #"{"from":"2025-09-02","to":"2025-09-01"}"#, pointers: ["/to"]),
    Bad(
      trigger: "portal.notify.retry", body: #"{"notificationIds":["a","a"],"since":"noon"}"#,
      pointers: ["/notificationIds/1", "/since"]),
  ]) func inputsThatBreakTheirSchemaAreRefusedWithAllViolations(_ bad: Bad) async throws {
    let triggers = ["contract.regenerate", "finance.export.backfill", "portal.notify.retry"].map {
      Self.shell($0, Self.result)
    }
    try await with(triggers) { tower, origin in
      let answer = try await post(origin, "/triggers/\(bad.trigger)", bad.body)
      #expect(answer.status == 422)
      #expect(answer.json["errors"]?.elements?.compactMap { $0["pointer"]?.string } == bad.pointers)
      let runs = try await client(origin, role: "viewer").listRuns().page.body
      #expect(runs.isEmpty)
    }
  }

  @Test func anotherNameIsNotFoundAndTheAllowListIsTold() async throws {
    try await with { _, origin in
      for name in ["no.such.trigger", "portal.notify.retry", "Foo", "a%2Fb", "contract%2Eregenerate"] {
        let answer = try await post(origin, "/triggers/\(name)", "{}")
        #expect(answer.status == 404)
        let detail = try #require(answer.json["detail"]?.string)
        #expect(detail.hasSuffix("You may start: contract.regenerate."), "\(detail)")
      }
    }
  }

  @Test(arguments: ["viewer", "finance"]) func othersMayNotStartAnything(role: String) async throws {
    try await with { _, origin in
      let answer = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K456"}"#, role: role)
      #expect(answer.status == 403)
    }
  }

  @Test func theSameKeyIsTheSameRunAndWithOtherInputsIsRefused() async throws {
    try await with(starts: false) { _, origin in
      let path = "/triggers/contract.regenerate"
      let first = try await post(origin, path, #"{"contractId":"K1","contractorId":"C1"}"#, key: "k")
      let second = try await post(origin, path, #"{ "contractorId":"C1", "contractId":"K1" }"#, key: "k")
      #expect(first.json["runId"] == second.json["runId"] && second.status == 202)
      let third = try await post(origin, path, #"{"contractId":"K2"}"#, key: "k")
      #expect(third.status == 422)
      #expect(third.json["errors"]?.elements?.first?["pointer"]?.string == "/header/Idempotency-Key")
      let fourth = try await post(origin, path, #"{"contractId":"K1"}"#, key: "")
      #expect(fourth.status == 400, "a key that is empty is none")
    }
  }

  @Test func aFullQueueAsksToComeAgain() async throws {
    var trigger = Self.contract
    trigger.queueLimit = 1
    try await with([trigger], starts: false) { _, origin in
      _ = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K1"}"#)
      let answer = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K2"}"#)
      #expect(answer.status == 429 && answer.fields.value(of: "retry-after") != nil)
    }
  }

  // MARK: Listing

  @Test func triggersAreListedAsTheSpecificationHasThem() async throws {
    try await with(starts: false) { _, origin in
      _ = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K1"}"#)
      guard case .ok(let answer) = try await client(origin, role: "viewer").listTriggers(),
        let trigger = answer.body.first
      else {
        Issue.record("no triggers")
        return
      }
      #expect(answer.body.map(\.name) == ["contract.regenerate"])
      #expect(trigger.queued == 1 && trigger.lastRuns.map(\.status) == [.queued] && !trigger.mayStart)
      let inputs = try JSONValue(parsing: trigger.inputs.bytes)
      #expect(inputs["required"] == .array([.string("contractId")]))
      #expect(inputs["properties"]?["contractId"]?["pattern"]?.string != nil, "it stands alone")
      #expect(!String(decoding: trigger.inputs.bytes, as: UTF8.self).contains("$ref"))
    }
  }

  @Test func theAllowListIsThatOfTheSpecification() {
    #expect(
      TriggerCatalog.shared.entries.map(\.name)
        == ["contract.regenerate", "finance.export.backfill", "portal.notify.retry"])
    #expect(TriggerCatalog.shared.entries.allSatisfy { $0.roles == ["operator", "maintainer", "owner"] })
  }

  @Test func personalDataInInputsIsNeitherStoredNorShown() async throws {
    let contract = #"{"contractId":"QQ123456C"}"#
    let check = #"grep -q '"contractId":"QQ123456C"' && \#(Self.result)"#
    try await with([Self.shell("contract.regenerate", check)]) { tower, origin in
      let runId = try #require(
        try await post(origin, "/triggers/contract.regenerate", contract).json["runId"]?.string)
      _ = try await client(origin, role: "viewer").streamRunLog(runId: runId)
      let run = try await client(origin, role: "owner").getRun(runId: runId).run
      #expect(run.status == .success, "the command gets what was sent")
      #expect(!String(decoding: run.inputs.bytes, as: UTF8.self).contains("QQ123456C"))
      let document = try #require(try await tower.store.document(DocumentKey(RunRecord.collection, runId)))
      #expect(!String(decoding: document.body, as: UTF8.self).contains("QQ123456C"))
    }
  }

  // MARK: Reports

  @Test func aReportIsSignedAndComesFromTheSourceOfTheBinding() async throws {
    // Nothing is called as long as no run is started.
    var definition = HTTPDefinition(url: URLParts("http://127.0.0.1:9/")!, secret: [1])
    definition.completion = .callback
    let trigger = TriggerDefinition(name: "contract.regenerate", work: .http(definition))
    try await with([trigger], starts: false) { _, origin in
      let started = try await post(origin, "/triggers/contract.regenerate", #"{"contractId":"K1"}"#)
      let runId = try #require(started.json["runId"]?.string)
      let key = HMACKey(Array(TokenTable.developmentSecret.utf8))
      func report(_ role: String, isSigned: Bool) async throws -> CallBackRun.Output {
        let credentials = ClientCredentials(token: "DEV_TOKEN_\(role.uppercased())") { body, _ in
          isSigned ? key.tag(body).hex : key.tag([]).hex
        }
        let client = ControlTowerClient(
          APIClient(transport: HTTPTransport(base: URLParts(origin: origin)), credentials: credentials, retries: 0))
        return try await client.callBackRun(body: RunReport(status: .success), runId: runId)
      }
      guard case .unauthorized = try await report("backend", isSigned: false) else {
        Issue.record("a report with a wrong signature was taken")
        return
      }
      guard case .forbidden = try await report("portal", isSigned: true) else {
        Issue.record("a report from another source was taken")
        return
      }
      guard case .serviceUnavailable = try await report("backend", isSigned: true) else {
        Issue.record("a run that waits was reported on")
        return
      }
    }
  }

  // MARK: The command

  @Test func theCommandFollowsARunToItsEnd() async throws {
    let triggers = [
      Self.contract, Self.shell("portal.notify.retry", "echo no luck >&2; exit 3"),
    ]
    try await with(triggers) { _, origin in
      func run(_ arguments: String...) async -> Int32 {
        await TowerCommand.run(arguments + ["--url", "\(origin)", "--token", "DEV_TOKEN_OPERATOR"])
      }
      #expect(await run("run", "contract.regenerate", "--input", #"{"contractId":"K1"}"#, "--follow") == 0)
      #expect(await run("run", "contract.regenerate", "--input", #"{"contractId":"K1"}"#, "--key", "k") == 0)
      #expect(await run("run", "contract.regenerate", "--follow") == 1, "inputs are missing")
      #expect(await run("run", "no.such.trigger") == 1)
      #expect(await run("run", "portal.notify.retry", "--follow") == 1, "the run failed")
      let page = try await client(origin, role: "viewer").listRuns(status: .failed).page.body
      let failed = try #require(page.first?.runId)
      #expect(await run("runs", "list", "--status", "failed") == 0)
      #expect(await run("runs", "show", failed) == 0)
      #expect(await run("runs", "logs", failed) == 0)
      #expect(await run("runs", "follow", failed) == 1)
      #expect(await run("runs", "cancel", failed) == 1, "it has ended")
      #expect(await run("runs", "retry", failed) == 0)
      #expect(await run("runs", "show", "run_0000") == 1)
    }
  }

  @Test(arguments: [
    ["run"], ["run", "--follow"], ["run", "contract.regenerate", "--input", "{"], ["runs"], ["runs", "show"],
    ["runs", "list", "run_1"], ["runs", "list", "--status", "lost"], ["runs", "list", "--limit", "0"],
    ["runs", "stop", "run_1"], ["runs", "show", "run_1", "--follow"],
  ]) func whatIsTypedWrongIsSaid(arguments: [String]) async {
    #expect(await TowerCommand.run(arguments + ["--token", "x"]) == 2)
  }

  @Test func theBindingsOfTheExamplesAreRight() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = "/\(root)/Examples/triggers/triggers.yaml"
    let bindings = try ConfigurationFile.read(file, as: Runs.self)
    let names = try TriggerBinder(file: file).definitions(bindings, at: "").map(\.name)
    #expect(names.sorted() == TriggerCatalog.shared.entries.map(\.name))
  }

  @Test(arguments: [
    ([TriggerBinding(name: "no.such.trigger", command: CommandBinding(argv: ["true"]))], "not on the allow-list"),
    (
      Array(repeating: TriggerBinding(name: "contract.regenerate", command: CommandBinding(argv: ["true"])), count: 2),
      "bound twice"
    ),
    (
      [
        TriggerBinding(
          name: "contract.regenerate",
          http: HTTPBinding(url: "https://h/x", secret: SecretName(env: "CT_NO_SUCH_SECRET")))
      ], "CT_NO_SUCH_SECRET"
    ),
    (
      [
        TriggerBinding(
          name: "contract.regenerate", command: CommandBinding(argv: ["true"]), slaSeconds: 61, timeoutSeconds: 60)
      ], "set slaSeconds to at most timeoutSeconds"
    ),
  ]) func bindingsThatCannotBeUsedSayWhy(_ bindings: [TriggerBinding], _ says: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try TriggerBinder(file: "").definitions(Runs(triggers: bindings), at: "/runs")
    }
    #expect(error?.description.contains(says) == true)
    #expect(error?.pointer?.hasPrefix("/runs/triggers/\(bindings.count - 1)") == true)
  }
}
