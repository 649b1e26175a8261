internal import CTJSON

/// Finds where in a text edits are, in one walk over it that ends at the last of them. Only a text in which something was
/// redacted is walked.
struct RedactionPlaces {
  private let edits: [RedactionPlan.Edit]
  private var next = 0
  /// The pointer to where the walk is, as bytes.
  private var pointer: [UInt8] = []
  private(set) var report = RedactionReport()

  /// Longer pointers are cut to one of what contains the place.
  static let maximumPointerBytes = 256

  /// - Parameter edits: in the text's order, none within another.
  init(_ edits: [RedactionPlan.Edit], in text: [UInt8]) {
    self.edits = edits
    JSONReader.read(text) { json in visit(&json) }
  }

  private var isDone: Bool { next == edits.count }

  private mutating func visit(_ json: inout JSONReader) {
    guard !isDone, let kind = json.peek() else { return }
    note(at: json.offset)
    switch kind {
    case .object:
      json.beginObject()
      while !isDone, let name = json.nextMember() {
        let length = pointer.count
        append(name, json)
        note(at: json.memberOffset)
        visit(&json)
        pointer.removeSubrange(length...)
      }
    case .array:
      json.beginArray()
      let length = pointer.count
      pointer += [UInt8(ascii: "/"), UInt8(ascii: "*")]
      while !isDone, json.nextElement() { visit(&json) }
      pointer.removeSubrange(length...)
    default: json.skipValue()
    }
  }

  private mutating func note(at offset: Int) {
    while next < edits.count, edits[next].valueOffset <= offset {
      let place = text
      for rule in edits[next].rules { report.add(rule, at: place) }
      next += 1
    }
  }

  /// The member's name as it is recorded: where it is redacted itself, what stands in for it.
  private mutating func append(_ name: JSONText, _ json: borrowing JSONReader) {
    if edits[next].range.lowerBound == json.memberOffset, let replacement = edits[next].replacement {
      pointer.append(UInt8(ascii: "/"))
      pointer += replacement.dropFirst().dropLast()
    } else {
      json.withBytes(of: name) { pointer.appendToken($0) }
    }
  }

  private var text: String {
    var end = pointer.count
    if end > Self.maximumPointerBytes {
      end = pointer[...Self.maximumPointerBytes].lastIndex(of: UInt8(ascii: "/")) ?? 0
    }
    return String(decoding: pointer[..<end], as: UTF8.self)
  }
}
