internal import CTGenerated
internal import CTJSON
internal import CTRuntime

/// What was redacted from an event, as the log keeps it: a JSON array of what the spec calls `Redaction`.
enum RedactionList {
  /// `nil` where nothing was redacted.
  static func json(_ notes: [RedactionNote]) -> [UInt8]? {
    if notes.isEmpty { return nil }
    return notes.map { Redaction(rule: $0.rule, pointer: $0.pointer, count: $0.count) }.json()
  }

  static func notes(_ json: [UInt8]) throws -> [Redaction] {
    try JSONReader.read(json) { json throws(JSONDecodingFault) in
      var context = ValidationContext()
      var notes: [Redaction] = []
      if json.peek() == .array {
        json.beginArray()
        while json.nextElement() {
          if let note = Redaction.decode(&json, &context) { notes.append(note) }
        }
      }
      try context.finish(&json)
      return notes
    }
  }
}
