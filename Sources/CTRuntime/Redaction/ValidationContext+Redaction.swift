public import CTJSON

/// Redaction in the same pass as validation. Without a redactor these only read.
extension ValidationContext {
  /// What was to be redacted before a value that is looked at once more for its violations only.
  public struct SuspendedRedaction {
    let plan: RedactionPlan?
  }

  public mutating func suspendRedaction() -> SuspendedRedaction {
    defer { redaction = nil }
    return SuspendedRedaction(plan: redaction)
  }

  public mutating func resumeRedaction(_ suspended: SuspendedRedaction) { redaction = suspended.plan }

  /// Marks the value that was just read, which started at `at`.
  public mutating func redact(_ rule: RedactionRule, at: Int, _ json: inout JSONReader) {
    guard redaction != nil else { return }
    let range = at..<json.offset
    let replacement = redaction?.redactor.replacement(for: rule, value: json.source(range))
    redaction?.edits.append(.init(range: range, replacement: replacement, rules: [rule.rawValue], valueOffset: at))
  }

  /// Marks the member that was just read, which is left out with its name: `x-ct-redact: drop`.
  public mutating func redact(member: Int, at: Int, _ json: inout JSONReader) {
    redaction?.edits.append(
      .init(range: member..<json.offset, replacement: nil, rules: [RedactionRule.drop.rawValue], valueOffset: at))
  }

  /// Looks for personal data in free text that was just read.
  public mutating func inspect(_ text: JSONText, name: JSONText?, at: Int, _ json: inout JSONReader) {
    guard let redactor = redaction?.redactor else { return }
    let inspected = json.withBytes(of: text) { content in
      guard let name else { return redactor.inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: content) }
      return json.withBytes(of: name) { redactor.inspect(name: $0, text: content) }
    }
    guard let inspected else { return }
    var replacement: [UInt8] = []
    JSONWriter.append(string: String(decoding: inspected.text, as: UTF8.self), to: &replacement)
    redaction?.edits.append(
      .init(
        range: at..<json.offset, replacement: replacement, rules: inspected.detectors, valueOffset: at))
  }

  /// Looks for personal data in an identifier that was just read. One that is some becomes its hash as a whole, so that
  /// it still tells things apart and joins them; within a reference (`gs://…`) only what was found is replaced.
  public mutating func inspectIdentifier(_ text: JSONText, at: Int, _ json: inout JSONReader) {
    guard redaction != nil else { return }
    if json.withBytes(of: text, Self.isReference) { return inspect(text, name: nil, at: at, &json) }
    _ = replaceIdentifier(text, at: at, &json)
  }

  /// As ``inspectIdentifier(_:at:_:)``. - Returns: the identifier as it is to be recorded.
  public mutating func identifier(_ text: JSONText, at: Int, _ json: inout JSONReader) -> String {
    let replacement = replaceIdentifier(text, at: at, &json)
    return replacement.map { String(decoding: $0, as: UTF8.self) } ?? json.string(text)
  }

  /// - Returns: what stands in for an identifier that is personal data.
  private mutating func replaceIdentifier(_ text: JSONText, at: Int, _ json: inout JSONReader) -> [UInt8]? {
    guard let redactor = redaction?.redactor else { return nil }
    let noName = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let found = json.withBytes(of: text) { redactor.inspect(name: noName, text: $0)?.detectors }
    guard let found, let replacement = json.withBytes(of: text, { redactor.replacement(forIdentifier: $0) }) else {
      return nil
    }
    var quoted: [UInt8] = []
    JSONWriter.append(string: String(decoding: replacement, as: UTF8.self), to: &quoted)
    redaction?.edits.append(.init(range: at..<json.offset, replacement: quoted, rules: found, valueOffset: at))
    return replacement
  }

  private static func isReference(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 2 else { return false }
    for index in 0..<text.count - 2 where text[index] == UInt8(ascii: ":") {
      if text[index + 1] == UInt8(ascii: "/"), text[index + 2] == UInt8(ascii: "/") { return true }
    }
    return false
  }

  /// Looks for personal data in the name of the member that comes next, where no schema knows it. A name that holds some
  /// becomes its hash: names have to stay different.
  public mutating func inspectName(_ name: JSONText, _ json: inout JSONReader) {
    guard let redactor = redaction?.redactor else { return }
    let noName = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    guard let found = json.withBytes(of: name, { redactor.inspect(name: noName, text: $0) }) else { return }
    let range = json.memberOffset..<json.memberNameEnd
    let replacement = redactor.replacement(for: .hash, value: json.source(range))
    redaction?.edits.append(
      .init(
        range: range, replacement: replacement, rules: found.detectors, valueOffset: range.lowerBound))
  }

  /// Passes over a value that the schemas say nothing about, looking for personal data in every string within it.
  public mutating func skipUnknown(_ json: inout JSONReader, name: JSONText?) {
    guard redaction != nil else { return json.skipValue() }
    guard let kind = json.peek() else { return }
    switch kind {
    case .string:
      let at = json.offset
      if let text = json.readString() { inspect(text, name: name, at: at, &json) }
    case .object:
      json.beginObject()
      while let member = json.nextMember() {
        inspectName(member, &json)
        skipUnknown(&json, name: name != nil && NeutralNames.contain(member, &json) ? name : member)
      }
    case .array:
      json.beginArray()
      while json.nextElement() { skipUnknown(&json, name: name) }
    case .number: skipUnknownNumber(&json, name: name)
    default: json.skipValue()
    }
  }

  /// An account or card number may come as a number too: its digits are looked at like text.
  private mutating func skipUnknownNumber(_ json: inout JSONReader, name: JSONText?) {
    let at = json.offset
    guard let token = json.readNumber(), let redactor = redaction?.redactor else { return }
    guard token.isIntegerLexeme, token.range.count >= 6 else { return }
    let digits = json.source(token.range)
    let noName = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    let inspected =
      name.map { name in json.withBytes(of: name) { redactor.inspect(name: $0, text: digits) } }
      ?? redactor.inspect(name: noName, text: digits)
    guard let inspected else { return }
    var replacement: [UInt8] = []
    JSONWriter.append(string: String(decoding: inspected.text, as: UTF8.self), to: &replacement)
    redaction?.edits.append(
      .init(
        range: at..<json.offset, replacement: replacement, rules: inspected.detectors, valueOffset: at))
  }

  /// What was redacted in the text that was read, and where.
  public func redactionNotes(_ json: borrowing JSONReader) -> [RedactionNote] {
    redaction?.notes(on: json.source(0..<json.offset)) ?? []
  }

  /// What the redactions of one part of the text make of it.
  public func redacted(_ range: Range<Int>, _ json: borrowing JSONReader) -> [UInt8] {
    guard let redaction else { return Array(json.source(range)) }
    return redaction.apply(to: json.source(0..<range.upperBound), within: range)
  }
}
