internal import CTJSON
internal import CTRuntime

/// JSON as the content of a string: its strings are looked at one by one, with the names of their members.
struct EmbeddedJSON {
  private struct Edit {
    var range: Range<Int>
    var text: [UInt8]
  }

  /// The text with what was found replaced; `nil` where it is clean.
  private(set) var inspected: InspectedText?
  private var inspection: Inspection
  private var edits: [Edit] = []
  private var detectors: [String] = []

  /// `nil` where the text is no object or array of JSON.
  init?(_ text: UnsafeBufferPointer<UInt8>, inspection: Inspection) {
    let first = text.first { !$0.isSpace }
    guard first == .ascii("{") || first == .ascii("[") else { return nil }
    self.inspection = inspection
    self.inspection.depth += 1
    let isJSON = JSONReader.read(Array(text)) { json in
      walk(&json, name: nil)
      json.finish()
      return json.syntaxError == nil
    }
    guard isJSON else { return nil }
    if !edits.isEmpty { inspected = InspectedText(text: apply(to: text), detectors: detectors) }
  }

  private func apply(to text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var position = 0
    for edit in edits {
      output.append(contentsOf: text[position..<edit.range.lowerBound])
      JSONWriter.append(string: String(decoding: edit.text, as: UTF8.self), to: &output)
      position = edit.range.upperBound
    }
    output.append(contentsOf: text[position...])
    return output
  }

  private mutating func walk(_ json: inout JSONReader, name: JSONText?) {
    guard let kind = json.peek() else { return }
    let start = json.valueStart()
    switch kind {
    case .object:
      json.beginObject()
      while let member = json.nextMember() {
        inspectName(member, json)
        walk(&json, name: name != nil && NeutralNames.contain(member, &json) ? name : member)
      }
    case .array:
      json.beginArray()
      while json.nextElement() { walk(&json, name: name) }
    case .string:
      guard let text = json.readString() else { return }
      json.withBytes(of: text) { inspect($0, name, start..<json.offset, json) }
    case .number:
      guard let number = json.readNumber(), number.isIntegerLexeme, number.range.count >= 6 else { return }
      inspect(json.source(number.range), name, start..<json.offset, json)
    case .boolean, .null: json.skipValue()
    }
  }

  private mutating func inspect(
    _ text: UnsafeBufferPointer<UInt8>, _ name: JSONText?, _ range: Range<Int>, _ json: borrowing JSONReader
  ) {
    let found: InspectedText? =
      if let name {
        json.withBytes(of: name) { inspection.inspect(name: $0, text: text) }
      } else {
        inspection.inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: text)
      }
    add(found, range)
  }

  /// A name may be personal data itself: `{"jane@example.com": 3}`.
  private mutating func inspectName(_ member: JSONText, _ json: borrowing JSONReader) {
    let found = json.withBytes(of: member) {
      inspection.inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: $0)
    }
    guard found != nil else { return }
    let start = json.memberOffset
    let rest = json.source(start..<json.offset)
    var end = rest.count
    while end > 1, rest[end - 1] != .ascii("\"") { end -= 1 }
    add(found, start..<start + end)
  }

  private mutating func add(_ found: InspectedText?, _ range: Range<Int>) {
    guard let found else { return }
    edits.append(Edit(range: range, text: found.text))
    detectors += found.detectors
  }
}
