/// What is written on its own: a declaration, and the check that other code may ask of it.
struct Unit: Sendable {
  typealias Text = @Sendable (ValueEmitter) -> [Code]

  let name: String
  let declaration: Text
  /// What ends the block of the declaration, where it is asked for.
  let validation: Text?

  init(name: String, validation: Text? = nil, _ declaration: @escaping Text) {
    self.name = name
    self.declaration = declaration
    self.validation = validation
  }

  init(_ model: ObjectModel) {
    self.init(
      name: model.name, validation: { ObjectEmitter(model: model, emitter: $0).validation() },
      { ObjectEmitter(model: model, emitter: $0).declaration() })
  }
}

/// Writes units on two threads, to the same bytes as one after the other would.
///
/// Constants and functions get their names in the order in which code asks for them. So each text is written for itself
/// first, with the names that it would get alone; nearly always these are right, since they come from what they name.
/// Then all requests are gone through in order, and a text that should have had another name is written again.
struct UnitWriter {
  /// A text, and what it asked for.
  private final class Draft: Sendable {
    let codes: [Code]
    let requests: ValueEmitter.Requests

    init(_ text: Unit.Text, _ basis: ValueEmitter.Basis) {
      let emitter = ValueEmitter(basis)
      codes = text(emitter)
      requests = emitter.requests
    }
  }

  private struct Work {
    let unit: Unit
    let declaration: Draft
    var validation: Draft?
    var codes: [Code]?
    var isValidated = false
  }

  private let basis: ValueEmitter.Basis
  private var work: [Work]
  /// Knows what was asked for, in order.
  private let emitter: ValueEmitter
  private var checks: [(name: String, codes: [Code])] = []

  private init(_ units: [Unit], _ basis: ValueEmitter.Basis) {
    self.basis = basis
    emitter = ValueEmitter(basis)
    let drafts = units.mapInParallel { Draft($0.declaration, basis) }
    work = zip(units, drafts).map { Work(unit: $0, declaration: $1) }
    draftValidations()
  }

  /// - Parameters:
  ///   - first: how many of the units are not declared for others, and come before the functions.
  /// - Returns: the units' codes, the functions' codes, and the constants of all of them.
  static func write(
    _ units: [Unit], first: Int, _ basis: ValueEmitter.Basis
  ) -> (units: [(name: String, codes: [Code])], checks: [Code], pool: ConstantPool) {
    var writer = UnitWriter(units, basis)
    for place in 0..<first { writer.finish(place) }
    var known = (-1, -1)
    // What is written first may find out that a later one is needed, and the other way round.
    while known != writer.known {
      known = writer.known
      CheckFunctions.complete(&writer.checks, writer.emitter)
      for place in first..<units.count { writer.finish(place) }
    }
    return (
      writer.work.map { ($0.unit.name, $0.codes ?? []) }, writer.checks.flatMap(\.codes), writer.emitter.requests.pool
    )
  }

  private var known: (Int, Int) { (emitter.requests.validated.count, emitter.requests.functions.order.count) }

  /// The checks that the texts ask for, and those that these ask for in turn.
  private mutating func draftValidations() {
    let places = Dictionary(work.indices.map { (work[$0].unit.name, $0) }) { first, _ in first }
    var asked = work.reduce(into: Set()) { $0.formUnion($1.declaration.requests.validated) }
    while !asked.isEmpty {
      let texts = asked.compactMap { places[$0] }.compactMap { place in
        work[place].unit.validation.map { (place, $0) }
      }
      let drafts = texts.mapInParallel { [basis] place, text in (place, Draft(text, basis)) }
      for (place, draft) in drafts { work[place].validation = draft }
      let next = drafts.reduce(into: Set()) { $0.formUnion($1.1.requests.validated) }
      asked = next.filter { name in places[name].map { work[$0].validation == nil } ?? false }
    }
  }

  /// Completes a unit by what is known so far.
  private mutating func finish(_ place: Int) {
    let unit = work[place].unit
    if work[place].codes == nil { work[place].codes = settled(work[place].declaration, unit.declaration) }
    guard let validation = unit.validation, !work[place].isValidated,
      emitter.requests.validated.contains(unit.name)
    else { return }
    let codes = settled(work[place].validation, validation)
    work[place].codes = work[place].codes?.map { $0.appending(codes) }
    work[place].isValidated = true
  }

  /// The draft, or the text written again with the right names.
  private func settled(_ draft: Draft?, _ text: Unit.Text) -> [Code] {
    if let draft, emitter.requests.merge(draft.requests) { return draft.codes }
    return text(emitter)
  }
}
