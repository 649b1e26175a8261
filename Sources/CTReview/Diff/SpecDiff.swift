package import CTSpec

/// Compares two descriptions by what they mean: references are followed, and order counts nowhere.
package enum SpecDiff {
  /// Every change, breaking ones first. The same documents give the same changes in the same order.
  package static func changes(from old: OpenAPIDocument, to new: OpenAPIDocument) -> [Change] {
    var run = DiffRun(old: old.index, new: new.index)
    run.compareServers(old, new)
    run.compareSecuritySchemes(old.securitySchemes, new.securitySchemes)
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

  private static func numbers(_ version: String) -> (major: Int, minor: Int)? {
    let core = version.prefix { $0 != "-" && $0 != "+" }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count >= 2, let major = parts[0], let minor = parts[1], major >= 0, minor >= 0 else { return nil }
    return (major, minor)
  }
}
