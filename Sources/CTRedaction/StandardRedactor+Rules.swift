internal import CTJSON
public import CTRuntime

/// The rules of `x-ct-redact`, on a value of any kind.
extension StandardRedactor {
  /// What stands in for a value; see ``ContentHasher``.
  ///
  /// A string counts by its content, whatever its escapes; a number by its digits, so that `12345678` and `"12345678"`
  /// join; an object or array by its compact form. `null` and the empty string hold nothing and stay as they are, and
  /// so does what has been redacted before.
  public func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if let plain = Self.plainContent(of: value) { return replacement(for: rule, value, content: plain) }
    return Self.content(of: value).withUnsafeBufferPointer { replacement(for: rule, value, content: $0) }
  }

  private func replacement(
    for rule: RedactionRule, _ value: UnsafeBufferPointer<UInt8>, content: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    let text = ScannedText(content)
    let isNull = value.count == 4 && ScannedText(value).hasPrefix("null", at: 0)
    if isNull || text.trimmed == nil || Replacement.isReplacement(text) { return Array(value) }
    return quoted(rule, content)
  }

  private func quoted(_ rule: RedactionRule, _ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    // Two quotes, a prefix and a tag.
    output.reserveCapacity(48)
    output.append(.ascii("\""))
    switch rule {
    case .hash: hasher.appendHash(content, to: &output)
    case .pointer: hasher.appendPointer(content, to: &output)
    // A dropped member is left out before it comes to this; should it come, nothing of it may stay.
    case .mask, .drop: output.append(contentsOf: "\(Replacement.mask)".utf8)
    }
    output.append(.ascii("\""))
    return output
  }

  /// What is between the quotes of a string without escapes.
  private static func plainContent(of value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    guard value.first == .ascii("\""), !value.contains(.ascii("\\")) else { return nil }
    return UnsafeBufferPointer(rebasing: value.dropFirst().dropLast())
  }

  private static func content(of value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let parsed = try? JSONValue(parsing: Array(value)) else { return Array(value) }
    if case .string(let string) = parsed { return Array(string.utf8) }
    return JSONWriter.write(parsed)
  }
}
