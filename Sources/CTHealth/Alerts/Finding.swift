internal import CTJSON

/// A rule's condition that holds for a system.
struct Finding: Sendable {
  /// What is found, with the numbers for the text.
  enum Subject: Sendable {
    case events(count: Int, window: Int64, type: String, since: Timestamp)
    case run(id: String, trigger: String, startedAt: Timestamp, limit: Int64)
    case deadLetters(Int, over: Int)
    case objective(ObjectiveReport, lastHeard: Timestamp?)
    case certificate(TowerFacts.Certificate)
    case store(String)
  }

  /// The rule's place in the policy.
  let rule: Int
  let system: String
  let subject: Subject

  /// What tells findings of one rule and one system apart.
  var name: String {
    switch subject {
    case .events, .deadLetters, .store: ""
    case .run(let id, _, _, _): id
    case .objective(let report, _): report.objective.rawValue
    case .certificate(let certificate): certificate.name
    }
  }

  func key(_ template: String) -> String {
    guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
    var key = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      key += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "system": key += system
      case "subject": key += name
      default: key += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    key += rest
    return key.hasSuffix(":") ? String(key.dropLast()) : key
  }

  var title: String {
    switch subject {
    case .events(let count, let window, let type, _): "\(count) \(type) in \(Span.text(window))"
    case .run(let id, let trigger, _, _): "Run \(id) of \(trigger) is stuck"
    case .deadLetters(let count, _): "\(count) dead letters are waiting"
    case .objective(let report, _):
      "\(system) \(report.status == .red ? "misses" : "is about to miss") its \(Self.name(report.objective)) objective"
    case .certificate(let certificate):
      switch certificate.validity {
      case .until: "The certificate \(certificate.name) expires"
      case .unknown: "The certificate \(certificate.name) cannot be read"
      }
    case .store: "The tower cannot record events"
    }
  }

  func detail(at now: Timestamp) -> String {
    switch subject {
    case .events(let count, let window, let type, _):
      "\(system) sent \(count) events \(type) that match the rule within \(Span.text(window))."
    case .run(_, let trigger, let startedAt, let limit):
      "It began at \(startedAt) and should have ended within \(Span.text(limit)); \(trigger) may hang."
    case .deadLetters(let count, let over): "\(count) dead letters are open; \(over) are allowed."
    case .objective(let report, let lastHeard): Self.text(report, lastHeard)
    case .certificate(let certificate): Self.text(certificate.validity, at: now)
    case .store(let reason): "The store takes no writes: \(reason)."
    }
  }

  var link: String {
    switch subject {
    case .events(_, _, let type, let since): "/events?source=\(system)&type=\(type)&from=\(since)"
    case .run(let id, _, _, _): "/runs/\(id)"
    case .deadLetters: "/dlq?state=open"
    case .objective, .certificate: "/systems/\(system)"
    case .store: "/readyz"
    }
  }

  private static func text(_ validity: TowerFacts.Certificate.Validity, at now: Timestamp) -> String {
    switch validity {
    case .until(let end) where end > now:
      "It is valid until \(end), for \(Span.text(end.microseconds - now.microseconds))."
    case .until(let end): "It expired at \(end)."
    case .unknown(let reason): "Nobody would notice its end: \(reason)."
    }
  }

  static func name(_ objective: Objective) -> String {
    switch objective {
    case .intakeLatency: "intake latency"
    case .runSuccess: "run success"
    case .heartbeat: "heartbeat"
    }
  }

  /// The report in a sentence.
  static func text(_ report: ObjectiveReport, _ lastHeard: Timestamp?) -> String {
    let target = Span.text(Int64(report.target * 1e6))
    switch report.objective {
    case .intakeLatency:
      return
        "95 % of its events arrived within \(Span.text(Int64((report.current ?? 0) * 1e6))); the target is \(target)."
    case .heartbeat:
      // Without the time that grows, so that the text changes only when something has.
      return
        "Nothing was heard since \(lastHeard.map(\.description) ?? "the start"); the target is \(target) of business hours."
    case .runSuccess:
      return
        "\(percent(report.current ?? 0)) of \(report.samples) runs succeeded; the target is \(percent(report.target))."
    }
  }

  /// With one decimal, cut off and not rounded: 98.96 is not 99.
  private static func percent(_ part: Double) -> String {
    let tenths = Int((part * 1000 + 1e-9).rounded(.down))
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
