import CTCrypto
import CTHTTP
import CTJSON
import Synchronization
import Testing

@testable import CTRuns

/// A function on a free port of this machine, which answers one call after the other as it is told.
final class TestFunction: HTTPHandler {
  struct Call: Sendable {
    let body: [UInt8]
    let signature: String
    let key: String

    var cancelReason: String? {
      get throws { try JSONValue(parsing: body)["cancel"]?["reason"]?.string }
    }
  }

  private let answers: [(Int, String)]
  private let state = Mutex<[Call]>([])
  let secret = Array("a secret of 16 bytes or more".utf8)

  /// The last answer is given to all further calls.
  init(_ answers: [(Int, String)]) { self.answers = answers }

  var calls: [Call] { state.withLock { $0 } }

  func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Int> { .accept(0, bodyLimit: 1 << 20) }

  func respond(to request: HTTPRequest, admitted: Int) async -> HTTPResponse {
    func field(_ name: String) -> String {
      request.head.value(of: name).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    let call = Call(body: request.body, signature: field("x-ct-signature"), key: field("idempotency-key"))
    let number = state.withLock { calls in
      calls.append(call)
      return calls.count
    }
    let (status, body) = answers[min(number, answers.count) - 1]
    return HTTPResponse(
      status: HTTPStatus(status), fields: ["Content-Type": "application/json"], body: .bytes(Array(body.utf8)))
  }
}

@Suite struct HTTPExecutorTests {
  private func with(
    _ answers: [(Int, String)], completion: HTTPDefinition.Completion = .poll, starts: Bool = true,
    in folder: TestFolder = TestFolder(), change: (inout TriggerDefinition) -> Void = { _ in },
    _ body: (TestRuns, TestFunction) async throws -> Void
  ) async throws {
    let function = TestFunction(answers)
    let server = HTTPServer(configuration: HTTPServerConfiguration(), handler: function)
    let address = try server.start()
    var definition = HTTPDefinition(url: URLParts("http://\(address)/run")!, secret: function.secret)
    definition.completion = completion
    definition.pause = .milliseconds(1)
    var trigger = TriggerDefinition(name: TestRuns.trigger, work: .http(definition))
    change(&trigger)
    do {
      try await TestRuns.with([trigger], in: folder, starts: starts) { try await body($0, function) }
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
    await server.shutdown(grace: .zero)
  }

  private static let done = (200, #"{"metrics":{"invoicesProcessed":12}}"#)

  @Test func aCallIsSignedAndNamesItsRun() async throws {
    try await with([Self.done]) { runs, function in
      let run = try await runs.ended(runs.start(#"{"contractId":"K456"}"#))
      #expect(run.status == .success && run.metrics["invoicesProcessed"]?.lexeme == "12")
      let call = try #require(function.calls.first)
      #expect(call.signature == "sha256=" + HMACKey(function.secret).tag(call.body).hex)
      #expect(call.key == run.runId)
      #expect(try JSONValue(parsing: call.body)["inputs"]?["contractId"]?.string == "K456")
    }
  }

  @Test func aFunctionThatWorksOnIsAskedAgainWithTheSameCall() async throws {
    let working = (202, #"{"progress":{"done":1,"total":2},"checkpoint":{"page":7}}"#)
    try await with([working, working, Self.done]) { runs, function in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .success && run.progress == RunProgress(done: 1, total: 2))
      #expect(function.calls.count == 3 && Set(function.calls.map(\.key)).count == 1)
      #expect(Set(function.calls.map(\.body)).count == 1)
    }
  }

  @Test func whatMayPassIsTriedAgain() async throws {
    try await with([(503, ""), (500, "oops"), (429, ""), Self.done]) { runs, function in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .success)
      #expect(function.calls.count == 4)
    }
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let status: Int
    let body: String
    let code: RunFailure.Code
    var testDescription: String { "\(status) \(body)" }
  }

  @Test(arguments: [
    Refused(status: 400, body: "", code: .http), Refused(status: 302, body: "", code: .http),
    Refused(status: 200, body: "done", code: .noResult),
    Refused(status: 200, body: #"{"metrics":{"A":1}}"#, code: .noResult),
    Refused(status: 200, body: #"{"status":"failed","message":"no such contract"}"#, code: .reported),
  ]) func anAnswerThatIsNoneFailsTheRun(_ refused: Refused) async throws {
    try await with([(refused.status, refused.body)]) { runs, function in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .failed && run.failure?.code == refused.code)
      #expect(function.calls.count == 1)
    }
  }

  @Test func aFunctionThatTakesTooLongTimesOutAndIsTold() async throws {
    func hurry(_ trigger: inout TriggerDefinition) { trigger.timeout = .milliseconds(500) }
    try await with([(202, "{}")], change: hurry) { runs, function in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .timedOut)
      #expect(try function.calls.last?.cancelReason == "timed_out")
    }
  }

  @Test func progressOfAFunctionIsInTheLogOnceForEachStep() async throws {
    let steps = [1, 1, 2].map { (202, #"{"progress":{"done":\#($0),"total":2}}"#) }
    try await with(steps + [Self.done]) { runs, _ in
      let run = try await runs.ended(runs.start())
      let told = try await runs.log(run.runId).filter { $0.contains("progress") }
      #expect(told == [#"{"progress":{"done":1,"total":2}}"#, #"{"progress":{"done":2,"total":2}}"#])
    }
  }

  @Test func aFunctionReportsByItself() async throws {
    try await with([(202, "{}")], completion: .callback) { runs, function in
      let runId = try await runs.start()
      try await runs.waitForLine("the function has taken the call", of: runId)
      let service = runs.service
      let progress = RunProgress(done: 5, total: 9)
      try await service.report(
        .progress(progress, checkpoint: Array(#"{"page":5}"#.utf8)), on: runId, from: "backend")
      #expect(try await service.book.find(runId)?.progress == progress)
      await #expect(throws: RunService.Refusal.wrongSource(expected: "backend")) {
        try await service.report(.end(.success(RunMetrics())), on: runId, from: "portal")
      }
      let metrics = try #require(RunMetrics(try JSONValue(parsing: Array(#"{"invoicesProcessed":9}"#.utf8))))
      try await service.report(.end(.success(metrics)), on: runId, from: "backend")
      let run = try #require(try await service.book.find(runId))
      #expect(run.status == .success && run.metrics["invoicesProcessed"]?.lexeme == "9", "it is on disk by then")
      try await service.report(.end(.success(metrics)), on: runId, from: "backend")
      await #expect(throws: RunService.Refusal.wrongStatus(.success)) {
        try await service.report(.end(.failure("no", RunMetrics())), on: runId, from: nil)
      }
      #expect(function.calls.count == 1, "who reports is not asked")
    }
  }

  // MARK: Calling off

  @Test func aFunctionIsToldThatItsRunIsCancelled() async throws {
    let told = (200, #"{"metrics":{"invoicesProcessed":2}}"#)
    try await with([(202, "{}"), told], completion: .callback) { runs, function in
      let runId = try await runs.start(#"{"contractId":"K456"}"#)
      try await runs.waitForLine("the function has taken the call", of: runId)
      _ = try await runs.service.cancel(runId)
      let run = try await runs.ended(runId)
      #expect(run.status == .cancelled && run.failure?.message == "it was cancelled while it ran")
      #expect(run.metrics["invoicesProcessed"]?.lexeme == "2", "what it had done until then")
      #expect(function.calls.count == 2)
      let call = try #require(function.calls.last)
      #expect(try call.cancelReason == "cancelled")
      #expect(call.key == runId && call.signature == "sha256=" + HMACKey(function.secret).tag(call.body).hex)
      #expect(try JSONValue(parsing: call.body)["inputs"]?["contractId"]?.string == "K456")
    }
  }

  struct Deaf: Sendable, CustomTestStringConvertible {
    let answers: [Int]
    let calls: Int
    let isTold: Bool
    var testDescription: String { "\(answers)" }
  }

  @Test(arguments: [
    Deaf(answers: [503, 429, 200], calls: 3, isTold: true), Deaf(answers: [202], calls: 1, isTold: true),
    Deaf(answers: [404], calls: 1, isTold: false), Deaf(answers: [500, 500, 500], calls: 3, isTold: false),
  ]) func whatMayPassIsTriedAgainWhenARunIsCancelled(_ deaf: Deaf) async throws {
    try await with([(202, "{}")] + deaf.answers.map { ($0, "") }, completion: .callback) { runs, function in
      let runId = try await runs.start()
      try await runs.waitForLine("the function has taken the call", of: runId)
      _ = try await runs.service.cancel(runId)
      let run = try await runs.ended(runId)
      #expect(run.status == .cancelled && function.calls.count == 1 + deaf.calls)
      let message = try #require(run.failure?.message)
      #expect(message.contains("could not be told") == !deaf.isTold, "\(message)")
    }
  }

  /// The tower died between the wish and telling the function; the next one tells it.
  @Test(arguments: [true, false]) func aTowerThatDiedLeavesItToTheNextToTellTheFunction(
    isCancelledBefore: Bool
  ) async throws {
    let folder = TestFolder()
    var runId = ""
    try await with([(200, "")], starts: false, in: folder) { runs, _ in
      runId = try await runs.start()
      try await runs.service.book.change(runId) { $0.start(holder: "tower_that_died", at: runs.time.now) }
      if isCancelledBefore { _ = try await runs.service.cancel(runId) }
    }
    if !isCancelledBefore {
      try await with([(200, "")], starts: false, in: folder) { runs, _ in
        try await runs.service.book.change(runId) { $0.interrupt(at: runs.time.now) }
        #expect(try await runs.service.cancel(runId).status == .queued, "it waits for its turn to be called off")
      }
    }
    try await with([(200, "")], in: folder) { runs, function in
      #expect(try await runs.ended(runId).status == .cancelled)
      let reasons = try function.calls.map { try $0.cancelReason }
      #expect(reasons == ["cancelled"])
    }
  }

  @Test func aFunctionThatWasNeverCalledIsNotTold() async throws {
    try await with([(200, "")], starts: false) { runs, function in
      let runId = try await runs.start()
      #expect(try await runs.service.cancel(runId).status == .cancelled)
      #expect(function.calls.isEmpty)
    }
  }

  // MARK: Again

  /// Stopped and started again, the tower sends the same call: the function knows it by its key.
  @Test func aCallIsTakenUpAgain() async throws {
    let function = TestFunction([(202, "{}"), Self.done])
    let server = HTTPServer(configuration: HTTPServerConfiguration(), handler: function)
    let address = try server.start()
    var definition = HTTPDefinition(url: URLParts("http://\(address)/run")!, secret: function.secret)
    definition.pause = .seconds(600)
    let trigger = TriggerDefinition(name: TestRuns.trigger, work: .http(definition))
    let folder = TestFolder()
    var runId = ""
    try await TestRuns.with([trigger], in: folder) { runs in
      runId = try await runs.start()
      try await runs.waitForLine("the function has taken the call", of: runId)
    }
    try await TestRuns.with([trigger], in: folder) { runs in
      let run = try await runs.ended(runId)
      #expect(run.status == .success && run.attempt == 2)
    }
    #expect(function.calls.map(\.key) == [runId, runId])
    await server.shutdown(grace: .zero)
  }

  @Test func addressesThatAreNotPublicAreNotCalled() async throws {
    let definition = HTTPDefinition(url: URLParts("http://10.1.2.3/run")!, secret: [1])
    let trigger = TriggerDefinition(name: TestRuns.trigger, work: .http(definition))
    try await TestRuns.with([trigger]) { runs in
      let run = try await runs.ended(runs.start())
      #expect(run.status == .failed && run.failure?.code == .http)
      #expect(run.failure?.message.contains("not connected to") == true)
    }
  }
}
