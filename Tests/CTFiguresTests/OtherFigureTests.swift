import CTDigest
import CTJSON
import CTStore
import Testing

@testable import CTFigures

@Suite struct CITests {
  private func fail(_ store: FigureStore, _ repo: String, _ run: Int, _ job: String, at ts: String) async throws {
    try await store.send(
      "ci.workflow.failed",
      #"{"repo":"\#(repo)","runId":\#(run),"job":"\#(job)","url":"https://github.com/x/\#(run)"}"#, at: ts,
      source: "github")
  }

  @Test func `workflows are counted per repository, and a run once`() async throws {
    try await FigureStore.with { store in
      try await fail(store, "a", 1, "build", at: "2025-09-26T08:00:00Z")
      try await fail(store, "a", 1, "test", at: "2025-09-26T08:05:00Z")
      try await fail(store, "a", 1, "test", at: "2025-09-26T08:06:00Z")
      try await fail(store, "a", 2, "lint", at: "2025-09-24T08:00:00Z")
      try await fail(store, "b", 3, "build", at: "2025-09-21T08:00:00Z")
      try await fail(store, "b", 4, "build", at: "2025-09-19T08:00:00Z")
      let ci = try await store.ci()
      #expect(ci.failures == Figure(1) && ci.failures7d == Figure(3))
      #expect(ci.repositories.map(\.repo) == ["a", "b"])
      #expect(ci.repositories.map(\.failures7d.value) == [2, 1])
      #expect(ci.repositories[0].lastJob == "test" && ci.repositories[0].lastUrl == "https://github.com/x/1")
      #expect(ci.repositories[0].lastAt == time("2025-09-26T08:05:00Z"))
    }
  }

  @Test func `a list that is too long says what it leaves out`() async throws {
    try await FigureStore.with { store in
      for number in 1...13 { try await fail(store, "r\(number)", number, "build", at: "2025-09-26T08:00:00Z") }
      let ci = try await store.ci()
      #expect(ci.repositories.count == 10 && ci.repositoriesOmitted == 3 && ci.failures == Figure(13))
    }
  }
}

@Suite struct FunctionErrorTests {
  private func error(_ store: FigureStore, _ fn: String, _ severity: String, at ts: String, _ more: String = "")
    async throws
  {
    try await store.send(
      "backend.fn.error", #"{"fnName":"\#(fn)","severity":"\#(severity)"\#(more)}"#, at: ts, source: "backend")
  }

  @Test func `errors are counted by function and severity, against the week before`() async throws {
    try await FigureStore.with { store in
      try await error(store, "f", "high", at: "2025-09-26T08:00:00Z")
      try await error(store, "f", "high", at: "2025-09-26T08:00:30Z")
      try await error(store, "f", "low", at: "2025-09-22T08:00:00Z")
      try await error(store, "g", "low", at: "2025-09-14T08:00:00Z")
      try await error(store, "g", "low", at: "2025-09-12T08:00:00Z")
      let figures = try await store.errors()
      #expect(figures.errors == Figure(2) && figures.errors7d == Figure(3, previous: 1))
      #expect(figures.signatures.map { "\($0.fnName) \($0.severity)" } == ["f high", "f low"])
      #expect(figures.signatures[0].lastAt == time("2025-09-26T08:00:30Z"))
    }
  }

  @Test func `an hour that is no multiple of anything is kept to`() async throws {
    try await FigureStore.with { store in
      let period = Period(from: time("2025-09-26T07:17:00Z"), to: time("2025-09-27T07:17:00Z"))
      try await error(store, "f", "low", at: "2025-09-26T07:16:59Z")
      try await error(store, "f", "low", at: "2025-09-26T07:17:00Z")
      try await error(store, "f", "low", at: "2025-09-27T07:16:59Z")
      try await error(store, "f", "low", at: "2025-09-27T07:17:00Z")
      #expect(try await store.errors(period).errors == Figure(2))
    }
  }

  @Test func `the minute that is not over counts in a preview`() async throws {
    try await FigureStore.with { store in
      try await error(store, "f", "low", at: "2025-09-27T07:17:05Z")
      let period = Period(from: time("2025-09-26T07:17:30Z"), to: time("2025-09-27T07:17:30Z"))
      #expect(try await store.errors(period).errors == Figure(1))
    }
  }

  @Test func `a replay is no new error`() async throws {
    try await FigureStore.with { store in
      try await error(store, "f", "low", at: "2025-09-26T08:00:00Z")
      try await error(store, "f", "low", at: "2025-09-26T08:00:00Z", #","replayOf":"evt_1""#)
      #expect(try await store.errors().errors == Figure(1))
    }
  }

  @Test func `a storm needs a row a minute`() async throws {
    try await FigureStore.with { store in
      for number in 0..<600 {
        let second = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
        try await error(store, "f", "low", at: "2025-09-26T08:0\(number / 60):\(second)Z")
      }
      let rows = try await store.store.projected { connection throws(StoreError) in
        try connection.integer("SELECT count(*) FROM function_errors")
      }
      #expect(rows == 10)
      #expect(try await store.errors().errors == Figure(600))
    }
  }
}

@Suite struct RunTests {
  private func run(
    _ store: FigureStore, _ id: String, _ event: String, at ts: String, _ more: String = "", source: String = "tower"
  ) async throws {
    try await store.send(
      "run.\(event)", #"{"runId":"\#(id)","trigger":"contract.regenerate"\#(more)}"#, at: ts, source: source)
  }

  @Test func `runs are counted by how they end`() async throws {
    try await FigureStore.with { store in
      let ends = ["success", "failed", "failed", "timed_out", "cancelled"]
      for (number, status) in ends.enumerated() {
        try await run(store, "run_\(number)", "started", at: "2025-09-26T08:00:00Z")
        try await run(
          store, "run_\(number)", "finished", at: "2025-09-26T08:0\(number):00Z",
          #","status":"\#(status)","durationMs":1"#)
      }
      try await run(
        store, "run_old", "finished", at: "2025-09-22T08:00:00Z", #","status":"success","durationMs":1"#)
      let runs = try await store.runs()
      #expect(runs.finished == Figure(4) && runs.failed == Figure(3))
      #expect(runs.finished7d == Figure(5) && runs.failed7d == Figure(3) && runs.cancelled7d == Figure(1))
      #expect(
        runs.failures.map { "\($0.reason) \($0.count) \($0.lastRunId)" } == ["failed 2 run_2", "timed out 1 run_3"])
      #expect(runs.stuck.isEmpty)
    }
  }

  @Test func `reasons are told where they are known`() async throws {
    try await FigureStore.with { store in
      try await run(
        store, "run_1", "finished", at: "2025-09-26T08:00:00Z",
        #","status":"failed","durationMs":1,"reason":"exit status 3""#)
      #expect(try await store.runs().failures.map(\.reason) == ["exit status 3"])
    }
  }

  @Test func `a run that is overdue is stuck until it ends`() async throws {
    try await FigureStore.with { store in
      try await run(store, "run_1", "started", at: "2025-09-26T08:00:00Z")
      #expect(try await store.runs().stuck.isEmpty)
      try await run(store, "run_1", "overdue", at: "2025-09-26T08:10:00Z", #","slaSeconds":600"#)
      #expect(
        try await store.runs().stuck
          == [
            .init(
              runId: "run_1", trigger: "contract.regenerate", startedAt: time("2025-09-26T08:00:00Z"), slaSeconds: 600)
          ])
      try await run(store, "run_1", "finished", at: "2025-09-28T08:00:00Z", #","status":"success","durationMs":1"#)
      #expect(try await store.runs().stuck.count == 1)
      #expect(try await store.runs(Period(from: day.to, to: time("2025-09-28T09:00:00Z"))).stuck.isEmpty)
    }
  }

  @Test func `nobody but the tower speaks of runs`() async throws {
    try await FigureStore.with { store in
      try await run(
        store, "run_1", "finished", at: "2025-09-26T08:00:00Z", #","status":"failed","durationMs":1"#, source: "portal")
      #expect(try await store.runs().finished == Figure(0))
    }
  }
}
