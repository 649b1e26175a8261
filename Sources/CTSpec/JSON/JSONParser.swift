import CTJSON

/// Reads a JSON text (RFC 8259) into nodes with positions.
enum JSONParser {
  /// Members that may repeat a name before reading ends: each of them is found by reading the text once more.
  private static let maximumRepeats = 20

  static func parse(_ text: SourceText, _ diagnostics: inout Diagnostics) -> SpecNode? {
    var text = text
    var bytes = text.bytes
    for _ in 0...maximumRepeats {
      let (node, fault) = read(bytes, &text, &diagnostics)
      guard let fault else { return node }
      diagnostics.error("json-syntax", at: text.location(of: fault.offset), fault.reason.rawValue)
      guard fault.reason == .duplicateName, let end = memberEnd(at: fault.offset, bytes) else { return nil }
      blank(fault.offset..<end, of: &bytes)
    }
    return nil
  }

  private static func read(
    _ bytes: [UInt8], _ text: inout SourceText, _ diagnostics: inout Diagnostics
  ) -> (SpecNode?, JSONSyntaxError?) {
    JSONReader.read(bytes, limits: JSONLimits(depth: SpecParser.maximumDepth)) { reader in
      let node = value(&reader, &text, &diagnostics)
      reader.finish()
      return (node, reader.syntaxError)
    }
  }

  /// Where a member ends, if it is one.
  private static func memberEnd(at offset: Int, _ bytes: [UInt8]) -> Int? {
    let object = [UInt8(ascii: "{")] + bytes[offset...]
    return JSONReader.read(object, limits: JSONLimits(depth: SpecParser.maximumDepth)) { reader in
      reader.beginObject()
      guard reader.nextMember() != nil else { return nil }
      reader.skipValue()
      return reader.syntaxError == nil ? offset + reader.offset - 1 : nil
    }
  }

  /// Takes a member out, and the comma before it, for what else is wrong to be found. It is not the first of its object.
  private static func blank(_ member: Range<Int>, of bytes: inout [UInt8]) {
    let comma = bytes[..<member.lowerBound].lastIndex(of: UInt8(ascii: ",")) ?? member.lowerBound
    for offset in comma..<member.upperBound { bytes[offset] = UInt8(ascii: " ") }
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
