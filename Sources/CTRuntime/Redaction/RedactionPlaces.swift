internal import CTJSON

/// Finds where in a text edits are, in one walk over it that ends at the last of them. Only a text in which something was
/// redacted is walked; it is known to be JSON, so that the walk looks for nothing but where values begin and end.
struct RedactionPlaces {
  /// A step from a value to one within it.
  private enum Step {
    /// By the name that stands in the text at this place, with its quotes.
    case member(Range<Int>)
    /// By a name that is redacted itself, by this edit.
    case redactedMember(Int)
    case element
  }

  private let edits: [RedactionPlan.Edit]
  private let source: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var next = 0
  /// Where the next edit's value starts, or the text ends.
  private var nextOffset = 0
  /// The way to where the walk is, and where in `pointer` each step ends that has been written there.
  private var path: [(step: Step, end: Int)] = []
  /// The first steps of the way as a JSON Pointer. They are written only where there is something to note, and once.
  private var pointer: [UInt8] = []
  private var writtenSteps = 0
  private(set) var report: RedactionReport

  /// Longer pointers are cut to one of what contains the place.
  static let maximumPointerBytes = 256

  /// - Parameters:
  ///   - edits: in the text's order, none within another.
  ///   - text: valid JSON, of bounded depth, that outlives the value.
  init(_ edits: [RedactionPlan.Edit], in text: UnsafeBufferPointer<UInt8>) {
    self.edits = edits
    source = text
    report = RedactionReport(expectedCount: edits.count)
    path.reserveCapacity(8)
    pointer.reserveCapacity(64)
    advance(to: 0)
    visit()
  }

  private var isDone: Bool { next == edits.count || index >= source.count }

  private mutating func advance(to edit: Int) {
    next = edit
    nextOffset = edit < edits.count ? edits[edit].valueOffset : .max
  }

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
      let start = index
      skipString()
      path.append((step(start..<index), 0))
      note(at: start)
      skip { $0 != UInt8(ascii: ":") }
      index += 1
      visit()
      stepBack()
    }
  }

  private mutating func visitElements() {
    index += 1
    path.append((.element, 0))
    while nextItem(closing: UInt8(ascii: "]")) { visit() }
    stepBack()
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
    var index = index
    while index < source.count, belongs(source[index]) { index += 1 }
    self.index = index
  }

  private mutating func skipString() {
    var index = index + 1
    while index < source.count, source[index] != UInt8(ascii: "\"") {
      index += source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    self.index = index + 1
  }

  @inline(__always)
  private mutating func note(at offset: Int) {
    if nextOffset <= offset { noteAll(to: offset) }
  }

  private mutating func noteAll(to offset: Int) {
    let place = writtenPointer()
    while nextOffset <= offset {
      for rule in edits[next].rules { report.add(rule, at: place) }
      advance(to: next + 1)
    }
  }

  // MARK: The pointer

  /// - Parameter quoted: where the name is, with its quotes.
  private func step(_ quoted: Range<Int>) -> Step {
    let isRedacted = edits[next].range.lowerBound == quoted.lowerBound && edits[next].replacement != nil
    return isRedacted ? .redactedMember(next) : .member(quoted)
  }

  private mutating func stepBack() {
    path.removeLast()
    guard writtenSteps > path.count else { return }
    writtenSteps = path.count
    pointer.removeLast(pointer.count - (path.last?.end ?? 0))
  }

  private mutating func writtenPointer() -> String {
    while writtenSteps < path.count {
      write(path[writtenSteps].step)
      path[writtenSteps].end = pointer.count
      writtenSteps += 1
    }
    var end = pointer.count
    if end > Self.maximumPointerBytes {
      end = pointer[...Self.maximumPointerBytes].lastIndex(of: UInt8(ascii: "/")) ?? 0
    }
    return String(decoding: pointer[..<end], as: UTF8.self)
  }

  private mutating func write(_ step: Step) {
    switch step {
    case .member(let quoted): write(memberAt: quoted)
    case .redactedMember(let edit):
      pointer.append(UInt8(ascii: "/"))
      pointer += edits[edit].replacement?.dropFirst().dropLast() ?? []
    case .element: pointer += [UInt8(ascii: "/"), UInt8(ascii: "*")]
    }
  }

  private mutating func write(memberAt quoted: Range<Int>) {
    let name = UnsafeBufferPointer(
      rebasing: source[quoted.lowerBound + 1..<max(quoted.lowerBound + 1, quoted.upperBound - 1)])
    guard name.contains(UInt8(ascii: "\\")) else { return pointer.appendToken(name) }
    let bytes = Array(source[quoted])
    JSONReader.read(bytes) { json in
      if let text = json.readString() { json.withBytes(of: text) { pointer.appendToken($0) } }
    }
  }
}
