internal import CTSpec

/// One comparison under way.
struct DiffRun {
  /// Where schemas are that are compared.
  struct Place {
    var operation: String
    var side: Side
    /// Such as `the body` or `the query parameter 'limit'`.
    var part: String
    /// JSON Pointer into the instance; `*` stands for any item or member.
    var pointer = ""
    /// The keyword that makes it impossible to tell whether a change within allows more or less.
    var hiddenIn: String?

    func appending(_ token: String) -> Place {
      var place = self
      place.pointer = JSONPointer.appending(token, to: pointer)
      return place
    }

    func hidden(in keyword: String) -> Place {
      var place = self
      place.hiddenIn = hiddenIn ?? keyword
      return place
    }
  }

  /// Two sets of schemas that must all hold for the same instance, and where they stand, or could stand.
  struct Pair {
    var old: [SchemaID]
    var new: [SchemaID]
    var oldPlace: SourceLocation
    var newPlace: SourceLocation
    var place: Place
  }

  private struct PairKey: Hashable {
    var old: [SchemaID]
    var new: [SchemaID]
    var side: Side
    var hiddenIn: String?
  }

  private struct ChangeKey: Hashable {
    var rule: String
    var message: String
    var old: SourceLocation
    var new: SourceLocation
  }

  let old: SpecIndex
  let new: SpecIndex
  let likeness: Likeness
  /// What security schemes are called now that had another name.
  var schemeNames: [String: String] = [:]
  private var limit = ComparisonLimit()
  private(set) var changes: [Change] = []
  private var reported: Set<ChangeKey> = []
  private var queue: [Pair] = []
  private var queued: Set<PairKey> = []

  init(old: SpecIndex, new: SpecIndex) {
    self.old = old
    self.new = new
    likeness = Likeness(old: old, new: new)
  }

  /// Notes a change; what several operations share is noted for the first one only.
  mutating func report(
    _ rule: DiffRule, _ operation: String, _ message: String, old: SourceLocation, new: SourceLocation
  ) {
    let key = ChangeKey(rule: rule.id, message: message, old: old, new: new)
    guard reported.insert(key).inserted else { return }
    changes.append(Change(rule: rule, operation: operation, message: message, old: old, new: new))
  }

  /// Notes a change of a schema.
  mutating func report(
    _ rule: DiffRule, _ place: Place, _ message: String, old: SourceLocation, new: SourceLocation
  ) {
    let pointer = place.pointer.isEmpty ? "" : " at \(place.pointer)"
    if let keyword = place.hiddenIn {
      let rule = DiffRule.constraintChanged[place.side]
      report(rule, place.operation, "\(place.part)\(pointer): within '\(keyword)': \(message)", old: old, new: new)
    } else {
      report(rule, place.operation, "\(place.part)\(pointer): \(message)", old: old, new: new)
    }
  }

  // MARK: Schemas

  /// Schemas wait in a queue and are not compared by recursion, so that no nesting of theirs can exhaust the stack.
  mutating func compare(_ old: [SchemaID], _ new: [SchemaID], _ place: Place) {
    guard let before = old.first, let after = new.first else { return }
    compare(old, new, place, at: (self.old[before].location, self.new[after].location))
  }

  /// The same where either side may have no schemas, and allow anything.
  mutating func compare(
    _ old: [SchemaID], _ new: [SchemaID], _ place: Place, at locations: (old: SourceLocation, new: SourceLocation)
  ) {
    guard !limit.isPassed else { return }
    let (old, new) = (self.old.dereferenced(old), self.new.dereferenced(new))
    guard !likeness.areAlike(old, new) else { return }
    let key = PairKey(old: old.sorted(), new: new.sorted(), side: place.side, hiddenIn: place.hiddenIn)
    guard queued.insert(key).inserted else { return }
    let pair = Pair(old: old, new: new, oldPlace: locations.old, newPlace: locations.new, place: place)
    // A long way to a place takes room, too: recursions of different lengths meet in ever new pairs, ever deeper.
    spend(old.count + new.count + place.pointer.utf8.count / 256, on: pair)
    queue.append(pair)
  }

  mutating func compareQueuedSchemas() {
    var next = 0
    while next < queue.count, !limit.isPassed {
      let pair = queue[next]
      next += 1
      let (before, after) = conjunctions(of: pair)
      spend(before.members.count + after.members.count, on: pair)
      compareSchemas(pair, before, after)
    }
  }

  /// Branches that are one schema for each type are taken as branches where the other side has some that are not.
  private func conjunctions(of pair: Pair) -> (Conjunction, Conjunction) {
    func both(keepsBranches: Bool) -> (old: Conjunction, new: Conjunction) {
      (
        Conjunction(pair.old, in: old, at: pair.oldPlace, keepsBranches: keepsBranches),
        Conjunction(pair.new, in: new, at: pair.newPlace, keepsBranches: keepsBranches)
      )
    }
    let plain = both(keepsBranches: false)
    guard plain.old.branchings.isEmpty != plain.new.branchings.isEmpty else { return plain }
    let branched = both(keepsBranches: true)
    return branched.old.branchings.isEmpty || branched.new.branchings.isEmpty ? plain : branched
  }

  private mutating func spend(_ schemas: Int, on pair: Pair) {
    guard limit.passes(with: schemas) else { return }
    var place = pair.place
    place.hiddenIn = nil
    report(
      .schemasNotCompared, place,
      "what is here, and what is not compared yet, combines more than \(ComparisonLimit.maximum) schemas",
      old: pair.oldPlace, new: pair.newPlace)
  }

  private mutating func compareSchemas(_ pair: Pair, _ old: Conjunction, _ new: Conjunction) {
    let place = pair.place
    if compareWholeWithBranches(pair, old, new) {
      _ = compareTypes(old, new, place)
      return
    }
    compareMarks(old, new, place)
    let types = compareTypes(old, new, place)
    if types.isEmpty { return }
    compareValues(old, new, place)
    compareBounds(old, new, types, place)
    if types.contains(.string) { compareTextForms(old, new, place) }
    if types.contains(.object) {
      compareProperties(old, new, place)
      compareClosing(old, new, place)
      comparePatternProperties(old, new, place)
    }
    if types.contains(.array) { compareItems(old, new, place) }
    compareVariants(old, new, place)
    compareConstraints(old, new, types, place)
    compareDefaults(old, new, place)
  }
}

extension SpecIndex {
  /// Where a reference leads that says nothing of its own, so that what is compared is named and placed alike however
  /// it is reached. A default beside `$ref` is something of its own.
  fileprivate func dereferenced(_ ids: [SchemaID]) -> [SchemaID] {
    var seen: Set<SchemaID> = []
    return ids.map(dereferenced).filter { seen.insert($0).inserted }
  }

  private func dereferenced(_ id: SchemaID) -> SchemaID {
    var id = id
    while let ref = self[id].ref, self[id].isPureReference, self[id].defaultValue == nil { id = ref }
    return id
  }
}
