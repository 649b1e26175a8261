package import CTJSON

/// Believable days of six systems: heartbeats around the clock, quiet nights and weekends, invoices and payments, runs,
/// and what is made to go wrong. The same seed gives the same events.
///
///     let day = Scenario.scriptedDay
///     for event in day.events { … }  // in the order of their arrival
package struct Scenario: Sendable {
  /// Something that goes wrong for a while.
  package struct Incident: Sendable {
    package enum Kind: Sendable {
      /// Nothing is heard from the system.
      case silence
      /// Its functions fail every so many seconds, this badly.
      case errors(severity: String, everySeconds: Int)
      /// Its events arrive so many seconds late.
      case delay(seconds: Int)
      /// Runs do not end before the incident does.
      case stuckRuns
      /// Every run fails.
      case failingRuns
      /// Workflows on protected branches fail every so many seconds.
      case failingWorkflows(everySeconds: Int)
    }

    package var system: String
    package var kind: Kind
    package var from: Timestamp
    package var to: Timestamp

    package init(_ system: String, _ kind: Kind, from: Timestamp, to: Timestamp) {
      self.system = system
      self.kind = kind
      self.from = from
      self.to = to
    }
  }

  package var seed: UInt64
  /// Midnight in UTC.
  package var start: Timestamp
  package var days: Int
  package var incidents: [Incident]
  /// Days from 1970-01-01 on which hardly anybody works, besides weekends.
  package var holidays: Set<Int64> = []

  package init(seed: UInt64, start: Timestamp, days: Int, incidents: [Incident] = []) {
    self.seed = seed
    self.start = start
    self.days = days
    self.incidents = incidents
  }

  package static let systems = ["portal", "backend", "finance", "desktop", "website", "github"]

  /// All events in the order of their arrival.
  package var events: [ScenarioEvent] {
    var maker = ScenarioMaker(self)
    for day in 0..<days { maker.makeDay(day) }
    return maker.finish()
  }
}
