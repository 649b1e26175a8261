internal import CTSpec

/// One thing that is asked of several places in several forms, such as every operation with every wrong token.
///
/// What is wrong in all forms, or at all places, has one cause, and is one finding.
struct Sweep {
  /// An answer that is wrong.
  struct Failure {
    var message: String
    var expected: String
    var seen: String
    var clause: ClauseReference?
    var probe: Probe
  }

  /// How it is said in one sentence.
  struct Words: Sendable {
    /// That it is wrong in every form at every place.
    var everything: String
    /// That a form is wrong at every place.
    var form: @Sendable (String) -> String
    /// That every form is wrong at a place.
    var place: @Sendable (String) -> String
  }

  private struct Answer {
    let place: String
    let form: String
    let failure: Failure?
  }

  private var answers: [Answer] = []

  /// - Parameter failure: what is wrong; `nil` when nothing is.
  mutating func add(place: String, form: String, _ failure: Failure?) {
    answers.append(Answer(place: place, form: form, failure: failure))
  }

  func report(to context: CheckContext, _ words: Words) {
    var clauses: [String: ClauseReference?] = [:]
    for answer in answers {
      guard let failure = answer.failure else { continue }
      let message = common(to: answer, words) ?? failure.message
      // One finding has one clause: that of the first.
      let clause = clauses[message, default: failure.clause]
      clauses.updateValue(clause, forKey: message)
      context.find(message, expected: failure.expected, seen: failure.seen, clause: clause, by: [failure.probe])
    }
  }

  private func common(to answer: Answer, _ words: Words) -> String? {
    if isWrong({ _ in true }) { return words.everything }
    if isWrong({ $0.form == answer.form }) { return words.form(answer.form) }
    if isWrong({ $0.place == answer.place }) { return words.place(answer.place) }
    return nil
  }

  /// Whether these are several, and all wrong.
  private func isWrong(_ includes: (Answer) -> Bool) -> Bool {
    let included = answers.filter(includes)
    return included.count > 1 && included.allSatisfy { $0.failure != nil }
  }
}
