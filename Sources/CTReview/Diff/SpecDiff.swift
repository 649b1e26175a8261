package import CTSpec

/// Compares two descriptions by what they mean: references are followed, and order counts nowhere.
package enum SpecDiff {
  /// Every change, breaking ones first. The same documents give the same changes in the same order.
  package static func changes(from old: OpenAPIDocument, to new: OpenAPIDocument) -> [Change] {
    var run = DiffRun(old: old.index, new: new.index)
    run.compareServers(old, new)
    run.compareSecuritySchemes(old, new)
    run.compareOperations(old, new)
    run.compareQueuedSchemas()
    return run.changes.sorted()
  }
}

/// Whether a version says that something breaks (Semantic Versioning 2.0.0, sections 4 and 8).
package enum VersionStep {
  /// A higher major announces it; below 1.0, where anything may change, a higher minor does.
  package static func announcesBreaking(from old: String, to new: String) -> Bool {
    guard let old = numbers(old), let new = numbers(new) else { return false }
    return new.major > old.major || (new.major == 0 && old.major == 0 && new.minor > old.minor)
  }

  /// A minor that is not there is 0, and a `v` may stand in front. What goes on after one number alone may be a date.
  private static func numbers(_ version: String) -> (major: Int, minor: Int)? {
    let core = version.drop { $0 == "v" || $0 == "V" }.prefix { $0 != "-" && $0 != "+" }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count > 1 || version.hasSuffix(core) else { return nil }
    guard let major = parts[0], let minor = parts.count > 1 ? parts[1] : 0, major >= 0, minor >= 0 else { return nil }
    return (major, minor)
  }
}
