package import CTJSON

/// Interprets a schema: finds every place where an instance breaks it.
///
/// What is reported, here and by compiled validators:
/// - `type` that does not fit is reported alone among a schema's own assertions; the in-place applicators are judged all
///   the same.
/// - `required` and `dependentRequired`: one violation for each missing property, at the object.
/// - `additionalProperties`, `unevaluatedProperties` and `unevaluatedItems` that are `false`: one violation at each extra
///   member or item, with that keyword. Any other `false` schema: keyword `false`.
/// - `propertyNames`: one violation at each member with a wrong name. `uniqueItems`: one at each item that is equal to
///   an earlier one.
/// - `anyOf`, `oneOf`, `not`, `contains` (and `minContains`, `maxContains`): one violation at the instance, without
///   what is wrong within the branches. `if` itself is never violated.
/// - `allOf`, `$ref`, `then`, `else`, `dependentSchemas`, `properties`, `items` and the like: the violations within.
/// - `discriminator` beside `oneOf` or `anyOf`, for objects: the selected branch's violations, or one violation: at the
///   property if it selects no branch, at the object if it is missing.
/// - What fails is still evaluated: members that a failing `allOf`, `$ref` or `properties` knows are no extra members.
///   Where `anyOf`, `oneOf` or `discriminator` fails, it is not known what was meant, and `unevaluatedProperties` and
///   `unevaluatedItems` are not judged.
///
/// Pointers are of RFC 6901. Details never hold the value: it may be personal data.
package struct SchemaValidator: Sendable {
  /// Why an instance could not be judged: it is neither valid nor invalid.
  package struct Undecided: Error, Hashable, Sendable {
    package let reason: String
  }

  /// Levels of schemas within one another for which any thread's stack has room.
  private static let usualDepth = 1_000
  /// And on a stack made for it: a file of ``SpecParser/maximumDepth`` levels, with ``InPlaceGraph/maximumChain`` schemas
  /// at each, and at the value within the last.
  package static let maximumDepth = (SpecParser.maximumDepth + 2) * InPlaceGraph.maximumChain
  /// What a level takes of the stack, at most.
  private static let bytesPerLevel = 10_000

  package let index: SpecIndex
  private let tracksEvaluation: Bool
  private let maximumDepth: Int

  package init(index: SpecIndex, maximumDepth: Int = SchemaValidator.maximumDepth) {
    self.index = index
    self.maximumDepth = maximumDepth
    tracksEvaluation = index.schemas.values.contains {
      $0.unevaluatedItems != nil || $0.unevaluatedProperties != nil
    }
  }

  /// All violations, in the order they are met. Empty: the value is valid.
  ///
  /// Throws where the value is nested so deep that nobody can say. Any value of a file can be judged, and in time: each
  /// schema looks at each value only so often, whatever the branches.
  package func judge(_ value: JSONValue, against id: SchemaID) throws(Undecided) -> [SchemaViolation] {
    let usual = run(value, against: id, min(Self.usualDepth, maximumDepth))
    if !usual.isTooDeep { return usual.violations }
    var deep: ValidationRun?
    let depth = maximumDepth
    let hasRoom = LargeStack.run(bytes: depth * Self.bytesPerLevel) { deep = run(value, against: id, depth) }
    guard hasRoom, let deep else { throw Undecided(reason: "there is no memory for a stack that is deep enough") }
    if !deep.isTooDeep { return deep.violations }
    throw Undecided(reason: "more than \(depth) schemas lie within one another")
  }

  /// As ``judge(_:against:)``; a value that cannot be judged is not valid.
  package func validate(_ value: JSONValue, against id: SchemaID) -> [SchemaViolation] {
    do throws(Undecided) {
      return try judge(value, against: id)
    } catch {
      return [SchemaViolation(pointer: "", keyword: "$ref", detail: "cannot be judged: \(error.reason)")]
    }
  }

  private func run(_ value: JSONValue, against id: SchemaID, _ depth: Int) -> ValidationRun {
    var run = ValidationRun(index, tracksEvaluation: tracksEvaluation, instance: value, maximumDepth: depth)
    run.judge(against: id)
    return run
  }
}
