internal import CTJSON
internal import CTSpec
internal import Synchronization

extension Fault {
  /// The keyword that is not enforced with this fault.
  var ignoredKeyword: String? {
    switch self {
    case .ignoresType: "type"
    case .ignoresRequired: "required"
    case .ignoresEnum: "enum"
    case .ignoresConst: "const"
    case .ignoresMinLength: "minLength"
    case .ignoresMaxLength: "maxLength"
    case .ignoresPattern: "pattern"
    case .ignoresFormat: "format"
    case .ignoresMinimum: "minimum"
    case .ignoresMaximum: "maximum"
    case .ignoresMaxItems: "maxItems"
    case .ignoresAdditionalProperties: "additionalProperties"
    default: nil
    }
  }
}

extension TinyTower {
  /// What is wrong with an event.
  func violations(of event: JSONValue) -> [SchemaViolation] {
    guard let schema = spec.operations.first(where: { $0.id == "createEvent" })?.requestBody?.content.first?.schema
    else {
      return []
    }
    let ignored = Set(faults.compactMap(\.ignoredKeyword))
    if has(.unknownTypeAccepted), let type = event["type"]?.string, type.hasPrefix("ctconform.") { return [] }
    let found = validator.validate(event, against: schema).filter { violation in
      !ignored.contains(violation.keyword)
        && !(has(.ignoresPatternOfOneField) && violation.pointer == "/payload/invoiceId"
          && violation.keyword == "pattern")
    }
    if found.isEmpty, let excess = excess(event) { return [excess] }
    if has(.violationsWithoutPointer) {
      return found.map { SchemaViolation(pointer: "", keyword: $0.keyword, detail: $0.detail) }
    }
    if has(.refusalsDiffer), log.withLock({ $0.count(refusal: true) }) > 100 { return Array(found.prefix(1)) }
    return has(.listsFirstViolationOnly) ? Array(found.prefix(1)) : found
  }

  /// What is refused although the schema takes it.
  private func excess(_ event: JSONValue) -> SchemaViolation? {
    func violation(_ pointer: String, _ keyword: String) -> SchemaViolation {
      SchemaViolation(pointer: pointer, keyword: keyword, detail: "is too much")
    }
    let id = event["payload"]?["invoiceId"]?.string
    if has(.maxLengthIsExclusive), id?.count == 64 { return violation("/payload/invoiceId", "maxLength") }
    if has(.maximumIsExclusive), event["payload"]?["total"]?.number == JSONNumber("999999999.99") {
      return violation("/payload/total", "maximum")
    }
    let names = (event["payload"]?.members ?? []).compactMap(\.value.string)
    if has(.countsUTF16), names.contains(where: { $0.utf16.count > 200 && $0.unicodeScalars.count == 200 }) {
      return violation("/payload", "maxLength")
    }
    if has(.refusesUndeclaredPayload), event["payload"]?["ctconformUndeclared"] != nil {
      return violation("/payload/ctconformUndeclared", "additionalProperties")
    }
    if has(.refusesOffsets), event["ts"]?.string?.hasSuffix("Z") == false { return violation("/ts", "format") }
    return nil
  }
}
