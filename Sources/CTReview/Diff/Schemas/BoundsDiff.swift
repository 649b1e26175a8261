import CTJSON
internal import CTSpec

extension DiffRule {
  static let boundTightened = SidedRule(
    request: DiffRule(
      "request-bound-tightened", .breaking,
      "A bound (`maxLength`, `minimum`, `maxItems`, `multipleOf`, `uniqueItems`, …) leaves less to send.",
      because: "Callers may send what it leaves out."),
    response: DiffRule(
      "response-bound-tightened", .safe, "A bound leaves less to be answered.", because: "Readers were told of more."))
  static let boundLoosened = SidedRule(
    request: DiffRule(
      "request-bound-loosened", .safe, "A bound leaves more to send.", because: "Nobody has to send it."),
    response: DiffRule(
      "response-bound-loosened", .risky, "A bound leaves more to be answered.",
      because: "Readers may have made room for no more than they were told of."))

  static let boundRules = [boundTightened, boundLoosened].flatMap { [$0.request, $0.response] }
}

extension DiffRun {
  mutating func compareBounds(_ old: Conjunction, _ new: Conjunction, _ types: Set<JSONType>, _ place: Place) {
    // Where one side has no 'contains', that is another constraint, not other bounds.
    let haveContains = [old, new].allSatisfy { $0.members.contains { $0.contains != nil } }
    for bound in Bound.all where haveContains || bound.alternative != "contains" {
      let (before, after) = (bound.value(old), bound.value(new))
      guard KeywordSubject.isIn(types, bound.keyword), let shift = bound.shift(before, after) else { continue }
      // Where some is left out and some is let in, it is the worse of both.
      let isTightened = shift == .neither ? place.side == .request : shift == .tightened
      let rule = isTightened ? DiffRule.boundTightened : DiffRule.boundLoosened
      let (then, now) = (bound.text(before), bound.text(after))
      report(
        rule[place.side], place, "'\(bound.keyword)' was \(then) and is \(now)",
        old: bound.location(old), new: bound.location(new))
    }
  }
}

/// A keyword, or two that work together, with one effective value.
private struct Bound: Sendable {
  enum Shift { case tightened, loosened, neither }

  struct Limit: Equatable {
    var value: JSONNumber
    var excludesItself = false
    var text: String { excludesItself ? "\(value) exclusive" : "\(value)" }
  }

  enum Kind { case lower, upper, divisor }

  let keyword: String
  var alternative: String?
  let kind: Kind
  let limits: @Sendable (Schema) -> [Limit]

  func text(_ limit: Limit?) -> String {
    if keyword == "uniqueItems" { return limit == nil ? "false" : "true" }
    return limit?.text ?? (keyword == "minContains" ? "0" : "none")
  }

  func location(_ whole: Conjunction) -> SourceLocation {
    let location = whole.location(of: keyword)
    guard location == whole.location, let alternative else { return location }
    return whole.location(of: alternative)
  }

  /// The value that leaves the least.
  func value(_ whole: Conjunction) -> Limit? {
    whole.members.flatMap(limits).reduce(nil) { (left: Limit?, limit) in
      guard let left else { return limit }
      return shift(left, limit) == .tightened ? limit : left
    }
  }

  func shift(_ old: Limit?, _ new: Limit?) -> Shift? {
    guard old != new else { return nil }
    guard let new else { return .loosened }
    guard let old else { return .tightened }
    switch kind {
    case .lower:
      return (new.value, new.excludesItself ? 1 : 0) > (old.value, old.excludesItself ? 1 : 0) ? .tightened : .loosened
    case .upper:
      return (new.value, new.excludesItself ? 0 : 1) < (old.value, old.excludesItself ? 0 : 1) ? .tightened : .loosened
    case .divisor:
      if new.value.isMultiple(of: old.value) { return .tightened }
      return old.value.isMultiple(of: new.value) ? .loosened : .neither
    }
  }
}

extension Bound {
  static let all: [Bound] = [
    Bound(keyword: "minimum", alternative: "exclusiveMinimum", kind: .lower) { schema in
      [schema.minimum.map { Limit(value: $0) }, schema.exclusiveMinimum.map { Limit(value: $0, excludesItself: true) }]
        .compactMap { $0 }
    },
    Bound(keyword: "maximum", alternative: "exclusiveMaximum", kind: .upper) { schema in
      [schema.maximum.map { Limit(value: $0) }, schema.exclusiveMaximum.map { Limit(value: $0, excludesItself: true) }]
        .compactMap { $0 }
    },
    Bound(keyword: "multipleOf", kind: .divisor) { [$0.multipleOf.map { Limit(value: $0) }].compactMap { $0 } },
    count("minLength", .lower) { $0.minLength }, count("maxLength", .upper) { $0.maxLength },
    count("minItems", .lower) { $0.minItems }, count("maxItems", .upper) { $0.maxItems },
    // Both mean nothing without 'contains', which alone asks for one (2020-12 validation, sections 6.4.4 and 6.4.5).
    count("minContains", .lower, or: "contains") { $0.contains == nil ? nil : $0.minContains ?? 1 },
    count("maxContains", .upper, or: "contains") { $0.contains == nil ? nil : $0.maxContains },
    count("minProperties", .lower) { $0.minProperties }, count("maxProperties", .upper) { $0.maxProperties },
    count("uniqueItems", .lower) { $0.uniqueItems ? 1 : nil },
  ]

  /// A least count of 0 says nothing.
  private static func count(
    _ keyword: String, _ kind: Kind, or alternative: String? = nil, _ value: @escaping @Sendable (Schema) -> Int?
  ) -> Bound {
    Bound(keyword: keyword, alternative: alternative, kind: kind) { schema in
      guard let count = value(schema), kind != .lower || count > 0 else { return [] }
      return [Limit(value: JSONNumber(count))]
    }
  }
}
