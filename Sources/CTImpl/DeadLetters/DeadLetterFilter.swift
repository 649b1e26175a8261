internal import CTJSON
internal import CTStore

/// Which dead letters are meant.
struct DeadLetterFilter {
  var kind: String?
  var state: CTStore.DeadLetter.State?
  /// Given up before this instant.
  var before: Timestamp?

  func matches(_ letter: CTStore.DeadLetter) -> Bool {
    (kind ?? letter.kind) == letter.kind && (state ?? letter.state) == letter.state
      && before.map { letter.deadAt < $0 } ?? true
  }

  /// Where letters in that state are kept.
  var collections: [String] {
    switch state {
    case nil: [CTStore.DeadLetter.openCollection, CTStore.DeadLetter.closedCollection]
    case .open: [CTStore.DeadLetter.openCollection]
    case .replayed, .tombstoned: [CTStore.DeadLetter.closedCollection]
    }
  }
}
