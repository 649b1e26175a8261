internal import CTSpec

extension LintRule {
  static let pathKebabCase = LintRule(
    "path-kebab-case", .warning, asks: "Paths are kebab-case, without a slash at the end.",
    because: "Paths are compared letter by letter; one way of writing them leaves no doubt."
  ) { subject, report in
    for (path, _) in subject.members(at: "/paths") where path.key.hasPrefix("/") {
      if path.key.count > 1, path.key.hasSuffix("/") {
        report.found(at: path.keyLocation, "the path '\(path.key)' ends with a slash")
      }
      for segment in path.key.split(separator: "/") where !segment.hasPrefix("{") && !NameStyle.isPathSegment(segment) {
        report.found(at: path.keyLocation, "'\(segment)' in the path '\(path.key)' is not kebab-case")
      }
    }
  }
}
