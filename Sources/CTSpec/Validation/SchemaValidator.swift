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
  package let index: SpecIndex
  private let tracksEvaluation: Bool

  package init(index: SpecIndex) {
    self.index = index
    tracksEvaluation = index.schemas.values.contains {
      $0.unevaluatedItems != nil || $0.unevaluatedProperties != nil
    }
  }

  /// All violations, in the order they are met. Empty: the value is valid.
  package func validate(_ value: JSONValue, against id: SchemaID) -> [SchemaViolation] {
    var run = ValidationRun(index: index, tracksEvaluation: tracksEvaluation)
    _ = run.evaluate(id, value)
    return run.violations
  }
}
