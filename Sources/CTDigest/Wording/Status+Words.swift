extension HealthStatus {
  var tone: Tone {
    switch self {
    case .red: .bad
    case .amber: .warning
    case .unknown: .unknown
    case .green: .good
    }
  }

  var inline: Inline { .status(tone, rawValue) }
}

extension ObjectiveStatus {
  var tone: Tone {
    switch self {
    case .red: .bad
    case .amber: .warning
    case .insufficientData: .unknown
    case .green: .good
    }
  }

  var word: String { self == .insufficientData ? "insufficient data" : rawValue }
  var inline: Inline { .status(tone, word) }
}
