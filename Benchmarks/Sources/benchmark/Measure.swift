import CAllocations

/// What one call takes.
struct Cost {
  var nanoseconds: Double
  var allocations: Double
}

/// Measures for about half a second; the best of twenty runs counts, since everything else that the machine does only adds.
func measure(_ body: @escaping () -> Void) -> Cost { measure([body])[0] }

/// Measures several by turns, so that what the machine does meanwhile meets all of them alike.
func measure(_ bodies: [() -> Void]) -> [Cost] {
  let counts = bodies.map { body in
    for _ in 0..<20 { body() }
    let once = ContinuousClock().measure { for _ in 0..<20 { body() } } / 20
    return max(20, Int(Duration.milliseconds(25) / max(once, .nanoseconds(1))))
  }
  var best = bodies.map { _ in Cost(nanoseconds: .infinity, allocations: .infinity) }
  for _ in 0..<20 {
    for (index, body) in bodies.enumerated() {
      let count = counts[index]
      let before = bench_allocation_count()
      let time = ContinuousClock().measure { for _ in 0..<count { body() } }
      let allocations = Double(bench_allocation_count() - before) / Double(count)
      best[index].nanoseconds = min(best[index].nanoseconds, time / .nanoseconds(1) / Double(count))
      best[index].allocations = min(best[index].allocations, allocations)
    }
  }
  return best
}

/// A result against what it has to be.
struct Row {
  var name: String
  var value: String
  var target: String
  var isMet: Bool

  static func print(_ rows: [Row]) {
    let cells =
      [["what", "measured", "target", ""]] + rows.map { [$0.name, $0.value, $0.target, $0.isMet ? "ok" : "MISSED"] }
    let widths = (0..<4).map { column in cells.map { $0[column].count }.max() ?? 0 }
    for row in cells {
      Swift.print(zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  "))
    }
  }
}

func rounded(_ value: Double, _ digits: Int = 1) -> String {
  let scale = digits == 0 ? 1.0 : 10.0
  let number = (value * scale).rounded() / scale
  return digits == 0 ? String(Int(number)) : String(number)
}

/// Keeps the compiler from leaving out what it makes.
@inline(never) func use<Value>(_ value: Value) {}
