internal import CTJSON

/// Finds where in a text edits are, in one walk over it that ends at the last of them. Only a text in which something was
/// redacted is walked; it is known to be JSON, so that the walk looks for nothing but where values begin and end.
struct RedactionPlaces {
  private let edits: [RedactionPlan.Edit]
  private let source: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var next = 0
  /// The pointer to where the walk is, as bytes.
  private var pointer: [UInt8] = []
  private(set) var report = RedactionReport()

  /// Longer pointers are cut to one of what contains the place.
  static let maximumPointerBytes = 256

  /// - Parameters:
  ///   - edits: in the text's order, none within another.
  ///   - text: valid JSON, of bounded depth, that outlives the value.
  init(_ edits: [RedactionPlan.Edit], in text: UnsafeBufferPointer<UInt8>) {
    self.edits = edits
    source = text
    visit()
  }

  private var isDone: Bool { next == edits.count || index >= source.count }

  private mutating func visit() {
    skip { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    guard !isDone else { return }
    note(at: index)
    switch source[index] {
    case UInt8(ascii: "{"): visitMembers()
    case UInt8(ascii: "["): visitElements()
    case UInt8(ascii: "\""): skipString()
    default: skip { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "]") }
    }
  }

  private mutating func visitMembers() {
    index += 1
    while nextItem(closing: UInt8(ascii: "}")) {
      let length = pointer.count
      let start = index
      skipString()
      append(start..<index)
      note(at: start)
      skip { $0 != UInt8(ascii: ":") }
      index += 1
      visit()
      pointer.removeSubrange(length...)
    }
  }

  private mutating func visitElements() {
    index += 1
    let length = pointer.count
    pointer += [UInt8(ascii: "/"), UInt8(ascii: "*")]
    while nextItem(closing: UInt8(ascii: "]")) { visit() }
    pointer.removeSubrange(length...)
  }

  /// Goes to the next member or element; past the end of them where there is none.
  private mutating func nextItem(closing: UInt8) -> Bool {
    skip { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
    guard !isDone else { return false }
    if source[index] == closing {
      index += 1
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func skip(while belongs: (UInt8) -> Bool) {
    while index < source.count, belongs(source[index]) { index += 1 }
  }

  private mutating func skipString() {
    index += 1
    while index < source.count, source[index] != UInt8(ascii: "\"") {
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 1
  }

  private mutating func note(at offset: Int) {
    guard next < edits.count, edits[next].valueOffset <= offset else { return }
    let place = text
    while next < edits.count, edits[next].valueOffset <= offset {
      for rule in edits[next].rules { report.add(rule, at: place) }
      next += 1
    }
  }

  /// The member's name as it is recorded: where it is redacted itself, what stands in for it.
  /// - Parameter quoted: where the name is, with its quotes.
  private mutating func append(_ quoted: Range<Int>) {
    if edits[next].range.lowerBound == quoted.lowerBound, let replacement = edits[next].replacement {
      pointer.append(UInt8(ascii: "/"))
      pointer += replacement.dropFirst().dropLast()
      return
    }
    let name = UnsafeBufferPointer(
      rebasing: source[quoted.lowerBound + 1..<max(quoted.lowerBound + 1, quoted.upperBound - 1)])
    guard name.contains(UInt8(ascii: "\\")) else { return pointer.appendToken(name) }
    let bytes = Array(source[quoted])
    JSONReader.read(bytes) { json in
      if let text = json.readString() { json.withBytes(of: text) { pointer.appendToken($0) } }
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
