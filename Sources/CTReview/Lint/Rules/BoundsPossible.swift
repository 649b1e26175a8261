import CTJSON
internal import CTSpec

extension LintRule {
  static let boundsPossible = LintRule(
    "bounds-possible", .error, asks: "A least value is not above the greatest one.",
    because: "Nothing could ever be valid."
  ) { subject, report in
    for schema in subject.schemas {
      let counts = [
        ("minLength", schema.minLength, "maxLength", schema.maxLength),
        ("minItems", schema.minItems, "maxItems", schema.maxItems),
        ("minProperties", schema.minProperties, "maxProperties", schema.maxProperties),
        ("minContains", schema.minContains, "maxContains", schema.maxContains),
      ]
      let numbers = [("minimum", schema.minimum, "maximum", schema.maximum)]
      let all = counts.map { ($0.0, $0.1.map { JSONNumber($0) }, $0.2, $0.3.map { JSONNumber($0) }) } + numbers
      for (lower, least, upper, greatest) in all {
        guard let least, let greatest, least > greatest else { continue }
        report.found(at: schema.location(of: lower), "'\(lower)' \(least) is above '\(upper)' \(greatest)")
      }
    }
  }
}
