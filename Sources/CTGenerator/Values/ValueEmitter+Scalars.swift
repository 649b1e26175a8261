internal import CTJSON
internal import CTSpec

extension ValueEmitter {
  // MARK: Strings

  func readString(_ conjunction: Conjunction, _ target: Target) -> [Code] {
    let checks = stringChecks(conjunction.schemas, target)
    let inspects = target.redacts && conjunction.isFreeText
    let identifies = conjunction.isIdentifier
    let records = target.isRecorded && target.type == .string && (identifies || conjunction.isFreeText)
    if checks.isEmpty, !inspects, !records {
      guard let variable = target.variable else { return [.line("_ = context.string(&json)")] }
      return [.line("if let text = context.string(&json) { \(variable) = json.string(text) }")]
    }
    let content = code {
      checks
      if inspects { "context.inspect(text, name: \(target.member), at: at, &json)" }
      if target.redacts, identifies { "context.inspectIdentifier(text, at: at, &json)" }
      if let variable = target.variable, target.type == .string {
        "\(variable) = \(records ? "context.identifier(text, at: at, &json)" : "json.string(text)")"
      }
    }
    let otherwise = mismatches(conjunction, nil)
    let reading = code {
      "let at = json.valueStart()"
      Code.block("if let text = context.string(&json)", content, after: otherwise.isEmpty ? "" : " else {")
      if !otherwise.isEmpty {
        Code.indented(otherwise)
        "}"
      }
    }
    guard target.variable == nil, let const = conjunction.plainConst else { return reading }
    return [.block("if !json.skip(\(literal(const)))", reading)]
  }

  /// What a value that is no string breaks besides `type`: `const` and `enum` of strings, where they are judged as text.
  /// - Parameter type: what the value is, where the conjunction allows that. Schemas that do not are silent about the value.
  func mismatches(_ conjunction: Conjunction, _ type: JSONType?) -> [Code] {
    conjunction.schemas.filter { $0.judgesText && ($0.types == nil || type == .null) }.flatMap(mismatches)
  }

  private func mismatches(_ schema: Schema) -> [Code] {
    code {
      if let const = schema.const?.string { "context.fail(\"const\", at: at, \(literal("expected \"\(const)\"")))" }
      if schema.hasStringValues { "context.fail(\"enum\", at: at, \"is none of the values that are allowed here\")" }
    }
  }

  private func stringChecks(_ schemas: [Schema], _ target: Target) -> [Code] {
    // A branch mostly has a `const` for a property that has an `enum` in what is common to all branches: one comparison
    // is enough for both.
    guard target.variable == nil, let place = schemas.firstIndex(where: { $0.judgesText && $0.const?.string != nil }),
      let const = schemas[place].const?.string,
      let list = schemas[..<place].firstIndex(where: { $0.const == nil && $0.hasOnlyValues(with: const) })
    else { return schemas.flatMap { stringChecks($0, target) } }
    let values = requests.pool.table(schemas[list].enumValues!.compactMap(\.string))
    return schemas.enumerated().flatMap { index, schema -> [Code] in
      if index == list { return [] }
      return stringChecks(schema, target, knownOf: index == place ? values : nil)
    }
  }

  /// - Parameter values: the table of an `enum` that has the schema's `const` among its values.
  private func stringChecks(_ schema: Schema, _ target: Target, knownOf values: String? = nil) -> [Code] {
    code {
      if schema.minLength ?? 0 > 0 || schema.maxLength != nil {
        let bounds = [
          schema.minLength.flatMap { $0 > 0 ? "minLength: \($0)" : nil }, schema.maxLength.map { "maxLength: \($0)" },
        ]
        "context.check(text, \(bounds.compactMap { $0 }.joined(separator: ", ")), at: at, &json)"
      }
      if let pattern = schema.pattern.map({ requests.pool.pattern($0) }) {
        "context.check(text, pattern: \(pattern), at: at, &json)"
      }
      if let format = schema.format { formatCheck(format, target) }
      if schema.judgesText, let const = schema.const?.string {
        "context.check(text, const: \(literal(const)), \(values.map { "of: \($0), " } ?? "")at: at, &json)"
      }
      if schema.judgesText, schema.hasStringValues, let values = schema.enumValues?.compactMap(\.string) {
        let index = "context.enumeration(text, \(requests.pool.table(values)), at: at, &json)"
        if let variable = target.variable, let name = models.names[schema.id], target.type == .named(name) {
          "if let index = \(index) { \(variable) = \(name).casesInOrder[index] }"
        } else {
          "_ = \(index)"
        }
      }
    }
  }

  private func formatCheck(_ format: String, _ target: Target) -> String {
    guard format == "date-time" else {
      return "context.check(text, format: .\(SwiftName.member(format)), at: at, &json)"
    }
    let variable = target.type == .timestamp ? target.variable : nil
    return "\(variable ?? "_") = context.dateTime(text, at: at, &json)"
  }

  // MARK: Numbers

  func readNumber(_ kind: String, _ conjunction: Conjunction, _ target: Target) -> [Code] {
    let checks = conjunction.schemas.flatMap(numberChecks)
    let keeps = target.variable.map { variable in
      kind == "integer" && target.type == .int
        ? "\(variable) = context.int(token, at: at, &json)" : "\(variable) = json.number(token)"
    }
    let content = checks + (keeps.map { [.line($0)] } ?? [])
    if content.isEmpty { return [.line("_ = context.\(kind)(&json)")] }
    return code {
      if content.contains(where: { $0.mentions("at: at") }) { "let at = json.valueStart()" }
      Code.block("if let token = context.\(kind)(&json)", content)
    }
  }

  private func numberChecks(_ schema: Schema) -> [Code] {
    let bounds = [
      ("minimum", schema.minimum), ("maximum", schema.maximum), ("exclusiveMinimum", schema.exclusiveMinimum),
      ("exclusiveMaximum", schema.exclusiveMaximum),
    ].compactMap { name, bound in bound.map { "\(name): \(requests.pool.bound($0.lexeme))" } }
    return code {
      if !bounds.isEmpty { "context.check(token, \(bounds.joined(separator: ", ")), at: at, &json)" }
      if let divisor = schema.multipleOf {
        "context.check(token, multipleOf: \(requests.pool.divisor(divisor.lexeme)), at: at, &json)"
      }
    }
  }
}

extension Conjunction {
  /// Whether any text may stand there: nothing about its form is known, so personal data is looked for.
  var isFreeText: Bool {
    redact == nil
      && !schemas.contains { $0.pattern != nil || $0.enumValues != nil || $0.const != nil || $0.format != nil }
  }

  /// Whether a string here has a form and is otherwise free: an id may be a telephone number, a reference hold an address.
  var isIdentifier: Bool {
    redact == nil && schemas.contains { $0.pattern != nil }
      && !schemas.contains { $0.enumValues != nil || $0.const != nil || $0.format != nil }
  }

  /// The text that is all that may stand there: what is equal to it byte for byte need not be read.
  fileprivate var plainConst: String? {
    guard let schema = schemas.first(where: { $0.plainConst != nil }), let const = schema.plainConst else { return nil }
    let agree = schemas.allSatisfy {
      $0.id == schema.id || !$0.assertedTypes.contains(.string) || $0.hasOnlyValues(with: const)
    }
    return agree ? const : nil
  }

  /// The types that some assertion is about.
  var assertedTypes: Set<JSONType> { schemas.reduce([]) { $0.union($1.assertedTypes) } }
}

extension Schema {
  /// The types that some assertion of the schema itself is about; `const` and `enum` of strings count as such.
  var assertedTypes: Set<JSONType> {
    var types: Set<JSONType> = []
    if minLength != nil || maxLength != nil || pattern != nil || format != nil || const?.string != nil
      || hasStringValues
    {
      types.insert(.string)
    }
    if multipleOf != nil || minimum != nil || maximum != nil || exclusiveMinimum != nil || exclusiveMaximum != nil {
      types.insert(.number)
    }
    if items != nil || prefixItems != nil || contains != nil || minItems != nil || maxItems != nil || uniqueItems {
      types.insert(.array)
    }
    if !properties.isEmpty || !patternProperties.isEmpty || additionalProperties != nil || !required.isEmpty
      || minProperties != nil || maxProperties != nil || propertyNames != nil || !dependentRequired.isEmpty
    {
      types.insert(.object)
    }
    return types
  }

  /// A `const` that is all that the schema says of strings, and stands in a text as it is, with nothing escaped.
  fileprivate var plainConst: String? {
    guard judgesText, let const = const?.string, minLength == nil, maxLength == nil, pattern == nil, format == nil,
      enumValues == nil
    else { return nil }
    let isPlain = const.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    return isPlain ? const : nil
  }

  /// Whether an `enum` of strings with this one is all that the schema says.
  func hasOnlyValues(with value: String) -> Bool {
    guard judgesText, hasStringValues, let values = enumValues?.compactMap(\.string) else { return false }
    return minLength == nil && maxLength == nil && pattern == nil && format == nil
      && values.contains { $0.utf8.elementsEqual(value.utf8) }
  }

  /// Whether values are compared with a `const` or an `enum` of strings as text: where they are strings, or nothing is said
  /// of their type. `null` beside strings is seen without a comparison.
  var judgesText: Bool { types.map { Set($0).subtracting([.null]) == [.string] } ?? true }

  /// Whether `enum` lists strings only.
  var hasStringValues: Bool { enumValues?.allSatisfy { $0.string != nil } ?? false }

  /// The values of a `const` and an `enum` that are not judged as text, to be compared as JSON.
  var generalValues: [(keyword: String, values: [SpecNode])] {
    var general: [(keyword: String, values: [SpecNode])] = []
    if let const, const.string == nil || !judgesText { general.append(("const", [const])) }
    if let enumValues, !hasStringValues || !judgesText { general.append(("enum", enumValues)) }
    return general
  }
}
