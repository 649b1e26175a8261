import CTJSON

/// Reads a JSON text (RFC 8259) into nodes with positions.
enum JSONParser {
  static func parse(_ text: SourceText, _ diagnostics: inout Diagnostics) -> SpecNode? {
    let limits = JSONLimits(depth: SpecParser.maximumDepth)
    var text = text
    let (node, fault) = JSONReader.read(text.bytes, limits: limits) { reader in
      let node = value(&reader, &text, &diagnostics)
      reader.finish()
      return (node, reader.syntaxError)
    }
    if let fault {
      diagnostics.error("json-syntax", at: text.location(of: fault.offset), fault.reason.rawValue)
      return nil
    }
    return node
  }

  private static func value(
    _ reader: inout JSONReader, _ text: inout SourceText, _ diagnostics: inout Diagnostics
  ) -> SpecNode? {
    guard let kind = reader.peek() else { return nil }
    let location = text.location(of: reader.offset)
    switch kind {
    case .null:
      reader.readNull()
      return SpecNode(.null, at: location)
    case .boolean: return reader.readBoolean().map { SpecNode(.bool($0), at: location) }
    case .number:
      guard let token = reader.readNumber() else { return nil }
      let number = JSONNumber(checkedLexeme: reader.source(token.range))
      if token.range.count > 18, !number.hasKnownExponent {
        diagnostics.error("number-exponent", at: location, SpecNode.unknownExponent)
      }
      return SpecNode(.number(number), at: location)
    case .string:
      guard let string = reader.readString() else { return nil }
      return SpecNode(.string(reader.string(string)), at: location)
    case .array: return SpecNode(.array(elements(&reader, &text, &diagnostics)), at: location)
    case .object: return SpecNode(.object(members(&reader, &text, &diagnostics)), at: location)
    }
  }

  private static func elements(
    _ reader: inout JSONReader, _ text: inout SourceText, _ diagnostics: inout Diagnostics
  ) -> [SpecNode] {
    var elements: [SpecNode] = []
    reader.beginArray()
    while reader.nextElement() {
      guard let element = value(&reader, &text, &diagnostics) else { break }
      elements.append(element)
    }
    return elements
  }

  private static func members(
    _ reader: inout JSONReader, _ text: inout SourceText, _ diagnostics: inout Diagnostics
  ) -> [SpecNode.Member] {
    var members: [SpecNode.Member] = []
    reader.beginObject()
    while true {
      var start = reader.offset
      guard let name = reader.nextMember() else { break }
      while start < text.bytes.count, text.bytes[start] != UInt8(ascii: "\"") { start += 1 }
      let key = reader.string(name)
      let location = text.location(of: start)
      guard let value = value(&reader, &text, &diagnostics) else { break }
      members.append(SpecNode.Member(key: key, keyLocation: location, value: value))
    }
    return members
  }
}
