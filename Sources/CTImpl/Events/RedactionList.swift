internal import CTGenerated
internal import CTJSON
internal import CTRuntime

/// What was redacted from an event, as the log keeps it: `[["drop","/payload/name",1],…]`, rule, pointer and count.
enum RedactionList {
  /// `nil` where nothing was redacted.
  static func json(_ notes: [RedactionNote]) -> [UInt8]? {
    if notes.isEmpty { return nil }
    var json: [UInt8] = []
    json.reserveCapacity(48 * notes.count)
    for note in notes {
      json.append(UInt8(ascii: json.isEmpty ? "[" : ","))
      json.append(UInt8(ascii: "["))
      JSONWriter.append(string: note.rule, to: &json)
      json.append(UInt8(ascii: ","))
      JSONWriter.append(string: note.pointer, to: &json)
      json.append(UInt8(ascii: ","))
      json.append(contentsOf: String(note.count).utf8)
      json.append(UInt8(ascii: "]"))
    }
    json.append(UInt8(ascii: "]"))
    return json
  }

  static func notes(_ json: [UInt8]) throws -> [Redaction] {
    try (JSONValue(parsing: json).elements ?? []).compactMap { note in
      guard let parts = note.elements, parts.count == 3, let rule = parts[0].string, let pointer = parts[1].string,
        let count = parts[2].number?.int
      else { return nil }
      return Redaction(rule: rule, pointer: pointer, count: count)
    }
  }
}
