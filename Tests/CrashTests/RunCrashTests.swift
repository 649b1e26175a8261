import CTHTTP
import CTJSON
import CTStore
import Glibc
import Testing

/// The tower is killed in the middle of runs and started again: each run ends as its trigger says, is never silently
/// running for ever, and never runs twice at once.
@Suite(.serialized) struct RunCrashTests {
  /// Holds a lock as long as anything of it runs, also what has left its process group; the first attempt hangs.
  private static let script = """
    exec 9>>lock.$CT_TRIGGER; flock -n 9 || echo "twice $CT_RUN_ID" >>seen
    echo "$CT_RUN_ID $CT_ATTEMPT" >>seen
    setsid sleep 1000 &
    case $(cat) in
      *K-hang*day*) ;;
      *K-hang*) echo '{"progress":{"done":1,"total":2},"checkpoint":{"day":1}}'; sleep 1000 ;;
    esac
    echo '{"metrics":{"documentsGenerated":1}}'
    """

  private static func triggers(_ directory: DataDirectory) throws -> String {
    func binding(_ name: String, _ whenInterrupted: String) -> String {
      let script = String(decoding: JSONWriter.write(.string(Self.script)), as: UTF8.self)
      return """
        {"name":"\(name)","whenInterrupted":"\(whenInterrupted)","command":{"argv":["/bin/sh","-c",\(script)]}}
        """
    }
    let bindings = [binding("contract.regenerate", "resume"), binding("portal.notify.retry", "fail")]
    let path = directory.path + "/triggers.json"
    let text = "{\"triggers\":[\(bindings.joined(separator: ","))]}"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
    return path
  }

  @Test func killedInTheMiddleOfARun() async throws {
    let directory = DataDirectory()
    let triggers = try Self.triggers(directory)
    var ids: [String: String] = [:]
    var waiting: [String] = []
    let first = try TowerProcess(data: directory.path, triggers: triggers)
    do {
      let runs = RunClient(origin: try await first.origin())
      ids["resumed"] = try await runs.start("contract.regenerate", #"{"contractId":"K-hang"}"#)
      ids["failed"] = try await runs.start("portal.notify.retry", #"{"notificationIds":["K-hang"]}"#)
      for number in 0..<5 {
        waiting.append(try await runs.start("contract.regenerate", #"{"contractId":"K\#(number)"}"#))
      }
      for id in ids.values { try await runs.wait(for: id) { $0["progress"] != nil } }
    } catch {
      first.kill()
      throw error
    }
    first.kill()

    let second = try TowerProcess(data: directory.path, triggers: triggers)
    defer { second.kill() }
    let runs = RunClient(origin: try await second.origin())
    let resumed = try await runs.ended(try #require(ids["resumed"]))
    #expect(resumed["status"]?.string == "success" && resumed["attempt"]?.number?.lexeme == "2")
    let failed = try await runs.ended(try #require(ids["failed"]))
    #expect(failed["status"]?.string == "failed" && failed["failure"]?["code"]?.string == "interrupted")
    #expect(failed["failure"]?["lastLines"]?.elements?.isEmpty == false, "its last lines are told")
    for id in waiting {
      let run = try await runs.ended(id)
      #expect(run["status"]?.string == "success" && run["attempt"]?.number?.lexeme == "1")
    }
    let types = resumed["events"]?.elements?.reversed().compactMap { $0["type"]?.string }
    #expect(types == ["run.queued", "run.started", "run.interrupted", "run.started", "run.finished"])
    second.kill()

    let seen = String(decoding: try #require(directory.contents(of: "seen")), as: UTF8.self).split(separator: "\n").map(
      String.init)
    #expect(seen.filter { $0.hasPrefix("twice") } == [], "a run went on when it was started again")
    #expect(seen.count == 2 + 1 + waiting.count && Set(seen).count == seen.count)
    let store = try await SQLiteStore.open(directory: directory.path)
    #expect(try await store.verifyChain().isIntact)
    await store.close()
  }
}

/// Starts runs and waits for them, over HTTP.
struct RunClient {
  let origin: HTTPOrigin
  private let client = HTTPClient()

  init(origin: HTTPOrigin) { self.origin = origin }

  private func send(_ method: HTTPMethod, _ target: String, _ body: String?) async throws -> JSONValue {
    let request = HTTPClientRequest(
      method, URLParts(origin: origin, target: target),
      fields: ["Authorization": "Bearer DEV_TOKEN_OPERATOR", "Content-Type": "application/json"],
      body: body.map { Array($0.utf8) })
    let response = try await client.send(request)
    #expect(response.status.code < 300, "\(String(decoding: response.body, as: UTF8.self))")
    return try JSONValue(parsing: response.body)
  }

  func start(_ trigger: String, _ inputs: String) async throws -> String {
    try #require(try await send(.post, "/triggers/\(trigger)", inputs)["runId"]?.string)
  }

  /// The run when it is as asked for; asks again and again, for two minutes at most.
  @discardableResult func wait(for id: String, _ isRight: (JSONValue) -> Bool) async throws -> JSONValue {
    for _ in 0..<6000 {
      let run = try await send(.get, "/runs/\(id)", nil)
      if isRight(run) { return run }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw TowerProcess.Failure(description: "\(id) did not come to what it should")
  }

  func ended(_ id: String) async throws -> JSONValue {
    try await wait(for: id) { !["queued", "running"].contains($0["status"]?.string) }
  }
}
