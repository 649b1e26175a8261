internal import CTSpec

extension DiffRule {
  static let operationRemoved = DiffRule(
    "operation-removed", .breaking, "An operation is no longer there.", because: "Callers get 404 or 405.")
  static let deprecatedOperationRemoved = DiffRule(
    "deprecated-operation-removed", .risky, "An operation that was deprecated is no longer there.",
    because: "It was announced; whether all callers have gone is for a person to know.")
  static let operationAdded = DiffRule(
    "operation-added", .safe, "An operation is new.", because: "Nobody calls it yet.")
  static let operationDeprecated = DiffRule(
    "operation-deprecated", .safe, "An operation is deprecated now.", because: "It works as before.")
  static let operationIDChanged = DiffRule(
    "operation-id-changed", .risky, "An operation has another `operationId`.",
    because: "HTTP does not notice; generated clients have a method of another name.")
  static let pathParameterRenamed = DiffRule(
    "path-parameter-renamed", .safe, "A parameter in a path has another name.",
    because: "Its place in the path tells what it is.")

  static let operationRules = [
    operationRemoved, deprecatedOperationRemoved, operationAdded, operationDeprecated, operationIDChanged,
    pathParameterRenamed,
  ]
}

extension DiffRun {
  /// An operation is the same if method and path are, whatever parameters in the path are called.
  private struct OperationKey: Hashable {
    var method: String
    var shape: [PathTemplate.Segment]

    init(_ operation: Operation) {
      method = operation.method
      shape = operation.path.segments.map { if case .parameter = $0 { .parameter("") } else { $0 } }
    }
  }

  mutating func compareOperations(_ old: OpenAPIDocument, _ new: OpenAPIDocument) {
    let before = Dictionary(old.operations.map { (OperationKey($0), $0) }) { first, _ in first }
    let after = Dictionary(new.operations.map { (OperationKey($0), $0) }) { first, _ in first }
    let (oldPaths, newPaths) = (Self.paths(old), Self.paths(new))
    for operation in old.operations {
      if let match = after[OperationKey(operation)] {
        compare(operation, match)
      } else {
        let rule = operation.deprecated ? DiffRule.deprecatedOperationRemoved : .operationRemoved
        report(rule, operation.title, "is no longer there", old: operation.location, new: newPaths)
      }
    }
    for operation in new.operations where before[OperationKey(operation)] == nil {
      report(.operationAdded, operation.title, "is new", old: oldPaths, new: operation.location)
    }
  }

  private static func paths(_ document: OpenAPIDocument) -> SourceLocation {
    document.root.member("paths")?.keyLocation ?? document.root.location
  }

  private mutating func compare(_ old: Operation, _ new: Operation) {
    if old.id != new.id {
      report(
        .operationIDChanged, new.title, "the operationId '\(old.id)' is '\(new.id)' now", old: old.location,
        new: new.location)
    }
    if new.deprecated, !old.deprecated {
      report(.operationDeprecated, new.title, "is deprecated now", old: old.location, new: new.location)
    }
    for (before, after) in zip(old.path.parameterNames, new.path.parameterNames) where before != after {
      report(
        .pathParameterRenamed, new.title, "the path parameter '\(before)' is '\(after)' now", old: old.location,
        new: new.location)
    }
    compareParameters(old, new)
    compareBodies(old, new)
    compareResponses(old, new)
    compareSecurity(old, new)
  }
}
