import CTJSON

/// Violations as findings: where in the instance's file, by which schema.
package enum InstanceCheck {
  package static func findings(in instance: SpecNode, against id: SchemaID, of index: SpecIndex) -> [Finding] {
    SchemaValidator(index: index).validate(instance.jsonValue, against: id).map { violation in
      let place = violation.pointer.isEmpty ? "the instance" : "'\(violation.pointer)'"
      return Finding(
        Diagnostic(
          .error, id: violation.keyword, at: location(of: violation.pointer, violation.keyword, in: instance),
          "\(place): \(violation.keyword): \(violation.detail)"),
        facts: [
          .init("pointer", violation.pointer), .init("keyword", violation.keyword),
          .init("detail", violation.detail),
        ])
    }
  }

  /// Where the key stands if it is the key that is wrong, else the value.
  private static func location(of pointer: String, _ keyword: String, in instance: SpecNode) -> SourceLocation {
    let keyIsWrong = ["additionalProperties", "unevaluatedProperties", "propertyNames"].contains(keyword)
    if keyIsWrong, let parent = JSONPointer.parent(of: pointer), let token = JSONPointer.lastToken(of: pointer),
      let member = instance.at(pointer: parent)?.member(token)
    {
      return member.keyLocation
    }
    return instance.at(pointer: pointer)?.location ?? instance.location
  }
}
