package import CTJSON

extension Scenario {
  /// A Wednesday with a quiet night, a broken backend at 10:00, a finance outage from 13:00 to 15:00 with a backlog that
  /// arrives late, and a run that hangs. Times are UTC; London is an hour ahead.
  package static var scriptedDay: Scenario {
    func at(_ time: String) -> Timestamp { Timestamp("2025-09-24T\(time)Z")! }
    return Scenario(
      seed: 20_250_924, start: at("00:00:00"), days: 1,
      incidents: [
        Incident("backend", .errors(severity: "high", everySeconds: 120), from: at("10:00:00"), to: at("10:21:00")),
        Incident("finance", .silence, from: at("13:00:00"), to: at("15:00:00")),
        Incident("tower", .stuckRuns, from: at("15:10:00"), to: at("15:50:00")),
      ])
  }

  /// So many days up to an instant, with something going wrong every few days.
  package static func recentDays(_ days: Int, until end: Timestamp, seed: UInt64) -> Scenario {
    let last = floorDay(end.microseconds)
    let start = last - Int64(days - 1) * day
    var random = ScenarioRandom(seed: seed)
    var incidents: [Incident] = []
    func add(_ system: String, _ kind: Incident.Kind, _ number: Int, _ hour: Double, minutes: Int64) {
      let from = start + Int64(number) * day + Int64(hour * 3600e6)
      incidents.append(
        Incident(
          system, kind, from: Timestamp(microseconds: from), to: Timestamp(microseconds: from + minutes * 60_000_000)))
    }
    for number in 0..<days where weekday(start + Int64(number) * day) <= 5 {
      let hour = 8.5 + Double(random.below(14)) / 2
      switch random.below(9) {
      case 0: add("backend", .errors(severity: "high", everySeconds: 100), number, hour, minutes: 25)
      case 1: add("finance", .silence, number, hour, minutes: 100)
      case 2: add("finance", .delay(seconds: 800), number, hour, minutes: 40)
      case 3: add("tower", .stuckRuns, number, hour, minutes: 45)
      case 4: add("tower", .failingRuns, number, hour, minutes: 60)
      case 5: add("github", .failingWorkflows(everySeconds: 700), number, hour, minutes: 50)
      case 6: add("website", .silence, number, hour, minutes: 30)
      default: break
      }
    }
    // The last day always has something to show.
    add("backend", .errors(severity: "high", everySeconds: 110), days - 1, 8.25, minutes: 20)
    return Scenario(seed: seed, start: Timestamp(microseconds: start), days: days, incidents: incidents)
  }

  static let day: Int64 = 86_400_000_000

  private static func floorDay(_ microseconds: Int64) -> Int64 { microseconds / day * day }

  /// 1 is Monday; 1970-01-01 was a Thursday.
  static func weekday(_ microseconds: Int64) -> Int64 { (microseconds / day + 3) % 7 + 1 }
}

/// SplitMix64: the same numbers for the same seed.
struct ScenarioRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// From 0 to one less than a bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
