/// `control-tower bench`: what things cost that are to cost little, measured on logs made for it.
struct BenchCommand {
  private enum Benchmark: String, CaseIterable {
    case verify, reads, export, health
  }

  private let benchmark: Benchmark
  private let events: Int

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let benchmark = arguments.first.flatMap(Benchmark.init(rawValue:)) else {
      let names = Benchmark.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError("bench takes the name of a benchmark: \(names)")
    }
    self.benchmark = benchmark
    let text = try CommandLineArguments(arguments.dropFirst(), options: ["--events"])["--events"] ?? "1000000"
    guard let events = Int(text), 1...100_000_000 ~= events else {
      throw UsageError("--events is a number from 1 to 100000000")
    }
    self.events = events
  }

  func run() async throws -> Int32 {
    switch benchmark {
    case .verify: try await VerifyBenchmark(events: events).run()
    case .export: try await ExportBenchmark(events: events).run()
    case .health: try await HealthBenchmark(events: events).run()
    case .reads: try await ReadBenchmark(events: events).run()
    }
  }
}
