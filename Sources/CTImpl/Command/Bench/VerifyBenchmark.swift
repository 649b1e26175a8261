internal import CTStore

/// How long checking a log of so many events takes.
struct VerifyBenchmark {
  let events: Int

  func run() async throws -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    let log = try await BenchmarkLog(events: events)
    defer { log.remove() }
    print("filled: \(events) events in \(Self.seconds(clock.now - start)) s")
    let middle = clock.now
    let report = try SQLiteStore.verifyChain(directory: log.directory)
    guard report.isIntact, report.events == events else {
      print("the chain is broken")
      return 1
    }
    print("verified: \(report.events) events in \(Self.seconds(clock.now - middle)) s")
    return 0
  }

  static func seconds(_ duration: Duration) -> String {
    let hundredths = Int((duration / .milliseconds(10)).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
