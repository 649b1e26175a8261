import CTJSON
internal import CTSpec

extension LintRule {
  static let boundsPossible = LintRule(
    "bounds-possible", .error, asks: "A least value is not above the greatest one, and something lies between them.",
    because: "Nothing could ever be valid."
  ) { subject, report in
    for schema in subject.schemas {
      let whole = Conjunction([schema.id], in: subject.index)
      for bounds in Bounds.all {
        guard let least = bounds.least(whole), let greatest = bounds.greatest(whole) else { continue }
        if least.value > greatest.value {
          report.found(
            at: least.location,
            "'\(least.keyword)' \(least.value) is above '\(greatest.keyword)' \(greatest.value)")
        } else if least.value == greatest.value, least.isExclusive || greatest.isExclusive {
          report.found(
            at: least.location,
            "nothing lies between '\(least.keyword)' \(least.value) and '\(greatest.keyword)' \(greatest.value)")
        } else if whole.isWholeNumber, Bounds.leavesNoInteger(least, greatest) {
          report.found(
            at: least.location,
            "no integer lies between '\(least.keyword)' \(least.value) and '\(greatest.keyword)' \(greatest.value)")
        }
      }
    }
  }
}

extension Conjunction {
  /// Whether a number has to be an integer.
  fileprivate var isWholeNumber: Bool { types.map { $0.contains(.integer) && !$0.contains(.number) } ?? false }
}

/// Keywords that say together how little and how much there may be, wherever they stand among schemas that all hold.
private struct Bounds: Sendable {
  struct Limit {
    let keyword: String
    let value: JSONNumber
    var isExclusive = false
    let location: SourceLocation
  }

  typealias Keyword = (name: String, isExclusive: Bool, value: @Sendable (Schema) -> JSONNumber?)

  let lower: [Keyword]
  let upper: [Keyword]

  func least(_ whole: Conjunction) -> Limit? {
    limits(lower, whole).max { ($0.value, $0.isExclusive ? 1 : 0) < ($1.value, $1.isExclusive ? 1 : 0) }
  }

  func greatest(_ whole: Conjunction) -> Limit? {
    limits(upper, whole).min { ($0.value, $0.isExclusive ? 0 : 1) < ($1.value, $1.isExclusive ? 0 : 1) }
  }

  /// Whether no integer is left; limits of so many digits that rounding them may change that are not looked at.
  static func leavesNoInteger(_ least: Limit, _ greatest: Limit) -> Bool {
    let (low, high) = (least.value.double, greatest.value.double)
    guard [least, greatest].allSatisfy({ $0.value.significantDigits <= 15 && abs($0.value.double) < 1e15 })
    else { return false }
    let first = least.isExclusive ? low.rounded(.down) + 1 : low.rounded(.up)
    let last = greatest.isExclusive ? high.rounded(.up) - 1 : high.rounded(.down)
    return first > last
  }

  private func limits(_ keywords: [Keyword], _ whole: Conjunction) -> [Limit] {
    whole.members.flatMap { schema in
      keywords.compactMap { name, isExclusive, value in
        value(schema).map {
          Limit(keyword: name, value: $0, isExclusive: isExclusive, location: schema.location(of: name))
        }
      }
    }
  }
}

extension Bounds {
  static let all: [Bounds] = [
    Bounds(
      lower: [("minimum", false, { $0.minimum }), ("exclusiveMinimum", true, { $0.exclusiveMinimum })],
      upper: [("maximum", false, { $0.maximum }), ("exclusiveMaximum", true, { $0.exclusiveMaximum })]),
    counts("Length", { $0.minLength }, { $0.maxLength }), counts("Items", { $0.minItems }, { $0.maxItems }),
    counts("Properties", { $0.minProperties }, { $0.maxProperties }),
    counts("Contains", { $0.minContains }, { $0.maxContains }),
  ]

  private static func counts(
    _ what: String, _ least: @escaping @Sendable (Schema) -> Int?, _ greatest: @escaping @Sendable (Schema) -> Int?
  ) -> Bounds {
    Bounds(
      lower: [("min\(what)", false, { least($0).map { JSONNumber($0) } })],
      upper: [("max\(what)", false, { greatest($0).map { JSONNumber($0) } })])
  }
}
