extension DigestPage {
  /// Statuses that are not what they were in the digest before.
  var changes: [Block] {
    guard let date = digest.comparedWith else { return [] }
    let lines = systemChanges + objectiveChanges
    let heading = Block.heading(
      "Changed since \(LocalTime.longDate(date).split(separator: " ").prefix(3).joined(separator: " "))")
    return lines.isEmpty ? [heading, .paragraph([.text("No status has changed.")])] : [heading, .list(lines)]
  }

  private var systemChanges: [Line] {
    digest.systems.compactMap { system in
      guard let previous = system.previousStatus, previous != system.status else { return nil }
      return [.strong(system.systemId), .text(": "), previous.inline, .text(" → "), system.status.inline]
    }
  }

  private var objectiveChanges: [Line] {
    digest.objectives.compactMap { objective in
      guard let previous = objective.previousStatus, previous != objective.status else { return nil }
      return [.strong(objective.title), .text(": "), previous.inline, .text(" → "), objective.status.inline]
    }
  }
}
