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
    let content = Self.content(of: value)
    return content.withUnsafeBufferPointer { content in
      let text = ScannedText(content)
      if text.trimmed == nil || value.elementsEqual("null".utf8) || Replacement.isReplacement(text) {
        return Array(value)
      }
      return quoted(rule, content)
    }
  }

  private func quoted(_ rule: RedactionRule, _ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = [.ascii("\"")]
    switch rule {
    case .hash: hasher.appendHash(content, to: &output)
    case .pointer: hasher.appendPointer(content, to: &output)
    // A dropped member is left out before it comes to this; should it come, nothing of it may stay.
    case .mask, .drop: output.append(contentsOf: "\(Replacement.mask)".utf8)
    }
    output.append(.ascii("\""))
    return output
  }

  private static func content(of value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if value.first == .ascii("\""), !value.contains(.ascii("\\")) { return Array(value.dropFirst().dropLast()) }
    guard let parsed = try? JSONValue(parsing: Array(value)) else { return Array(value) }
    if case .string(let string) = parsed { return Array(string.utf8) }
    return JSONWriter.write(parsed)
  }
}
