/// A pull reader of one JSON text (RFC 8259) that lies in memory as UTF-8.
///
/// The caller drives: it asks for what it expects and gets it, or an answer that it is something else. Nothing is
/// allocated for a value that is only looked at. The reader is stricter than the RFC asks where the RFC leaves a
/// choice: a repeated member name, a lone surrogate and a text deeper than ``JSONLimits/depth`` are errors.
///
/// After a syntax error every further call says "nothing here" (`nil`, `false`), so that loops end by themselves;
/// ``syntaxError`` then tells what and where.
@frozen
public struct JSONReader: ~Copyable {
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let count: Int
  @usableFromInline let limits: JSONLimits
  /// The next unread byte.
  public internal(set) var offset = 0
  /// Where the name of the member starts that ``nextMember()`` gave last.
  public internal(set) var memberOffset = 0
  /// Where the name of that member ends, after its quote.
  public internal(set) var memberNameEnd = 0
  /// The first fault that was met.
  public internal(set) var syntaxError: JSONSyntaxError?
  /// Strings with escapes, decoded; a ``JSONText`` points either here or into the source.
  @usableFromInline var scratch: [UInt8] = []
  @usableFromInline var isContainerFresh = false
  @usableFromInline var depth = 0
  /// Members and elements met so far.
  @usableFromInline var values = 0
  /// `nil` as long as no name had to be remembered.
  @usableFromInline var names: MemberNames?

  @inlinable init(base: UnsafePointer<UInt8>, count: Int, limits: JSONLimits) {
    self.base = base
    self.count = count
    self.limits = limits
  }

  /// Reads `bytes` with `body`. The reader does not outlive the call.
  ///
  /// Inlinable, as is what decodes with it: large values are made in place, and not moved by what knows nothing of them.
  @inlinable public static func read<Result, Failure: Error>(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits(),
    _ body: (inout JSONReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
      // An empty array may have no base address; one readable byte stands in for it.
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return try readEmpty(limits: limits, body) }
      return try read(base, count: buffer.count, limits: limits, body)
    }
  }

  @inlinable static func read<Result, Failure: Error>(
    _ base: UnsafePointer<UInt8>, count: Int, limits: JSONLimits, _ body: (inout JSONReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var reader = JSONReader(base: base, count: count, limits: limits)
    // Texts and numbers keep where they stand in 32 bits. Not told by `init`, so that the reader is made where it stays.
    if count > Int(Int32.max) { reader.refuseLength() }
    return try body(&reader)
  }

  @usableFromInline mutating func refuseLength() { failure(.tooLong, at: 0) }

  @usableFromInline static func readEmpty<Result, Failure: Error>(
    limits: JSONLimits, _ body: (inout JSONReader) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var byte: UInt8 = 0
    return try withUnsafePointer(to: &byte) { pointer throws(Failure) in
      try read(pointer, count: 0, limits: limits, body)
    }
  }
}

/// Bounds on what is read, against texts made to exhaust a reader.
public struct JSONLimits: Sendable {
  /// Containers within containers.
  public var depth: Int
  /// Members and elements in the whole text.
  public var values = Int.max
  /// Bytes of one number; its exponent then has at most three digits.
  public var numberBytes = Int.max
  /// Whether strings may hold U+0000, which ends strings in many a program that reads them later.
  public var allowsNUL = true

  public init(depth: Int = 128) { self.depth = depth }

  /// For texts from outside. Legitimate ones are far from each of these bounds.
  public static let untrusted: JSONLimits = {
    var limits = JSONLimits()
    limits.values = 50_000
    limits.numberBytes = 128
    limits.allowsNUL = false
    return limits
  }()
}

/// What the next value is, told from its first byte.
@frozen
public enum JSONKind: Sendable {
  case object, array, string, number, boolean, null

  @inlinable @inline(__always)
  init?(firstByte: UInt8) {
    switch firstByte {
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "-"), 48...57: self = .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .boolean
    case UInt8(ascii: "n"): self = .null
    default: return nil
    }
  }
}

/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable {
  public enum Reason: String, Sendable {
    case unexpectedEnd = "the text ends too early"
    case unexpectedByte = "this character is not expected here"
    case invalidUTF8 = "these bytes are not UTF-8"
    case controlCharacter = "a control character in a string has to be escaped"
    case invalidEscape = "this is not an escape of JSON"
    case loneSurrogate = "a surrogate without its other half"
    case invalidNumber = "this is not a number of JSON"
    case duplicateName = "this member name stands here twice"
    case tooDeep = "too many containers within one another"
    case trailingBytes = "there is more after the value"
    case tooLong = "the text is longer than 2 GiB"
    case tooManyValues = "more than 50000 members and elements"
    case numberTooLarge = "a number of more than 128 bytes, or with an exponent of more than three digits"
    case nul = "a string with U+0000"

    /// Whether the text may be JSON, but is more than is taken from outside (``JSONLimits/untrusted``).
    public var isLimit: Bool {
      switch self {
      case .tooDeep, .tooLong, .tooManyValues, .numberTooLarge, .nul: true
      default: false
      }
    }
  }

  public var reason: Reason
  /// Bytes from the start of the text.
  public var offset: Int

  public init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

// MARK: - Where the reader stands

extension JSONReader {
  /// A place to come back to; see ``rewind(to:)``.
  public struct Bookmark {
    let offset: Int
    let scratchCount: Int
    let isContainerFresh: Bool
    let depth: Int
    let values: Int
    let names: MemberNames.Bookmark
  }

  /// The place before the next value. To be taken between values or members, and used before its container ends.
  public func bookmark() -> Bookmark {
    Bookmark(
      offset: offset, scratchCount: scratch.count, isContainerFresh: isContainerFresh, depth: depth,
      values: values, names: names?.bookmark() ?? .start)
  }

  /// Goes back, to read the same bytes again. A syntax error stays.
  public mutating func rewind(to bookmark: Bookmark) { rewind(to: bookmark, keepingScratch: false) }

  mutating func rewind(to bookmark: Bookmark, keepingScratch: Bool) {
    guard syntaxError == nil else { return }
    offset = bookmark.offset
    if !keepingScratch { scratch.removeLast(scratch.count - bookmark.scratchCount) }
    isContainerFresh = bookmark.isContainerFresh
    depth = bookmark.depth
    values = bookmark.values
    names?.rewind(to: bookmark.names)
  }

  /// The place before the name of the member that ``nextMember()`` gave last, to read the name as a value.
  public func memberNameBookmark() -> Bookmark {
    Bookmark(
      offset: memberOffset, scratchCount: scratch.count, isContainerFresh: false, depth: depth, values: values,
      names: names?.bookmark() ?? .start)
  }

  /// What comes next, or `nil` where no value can start.
  @inlinable @inline(__always)
  public mutating func peek() -> JSONKind? {
    // What is inlined only reads, so that it needs nothing of the reader but where it stands.
    guard offset < count, let kind = JSONKind(firstByte: base[offset]) else { return peekPastWhitespace() }
    return kind
  }

  @usableFromInline mutating func peekPastWhitespace() -> JSONKind? {
    skipWhitespace()
    guard offset < count else { return fail(.unexpectedEnd) }
    return JSONKind(firstByte: base[offset]) ?? fail(.unexpectedByte)
  }

  /// Where the next value starts.
  @inlinable @inline(__always)
  public mutating func valueStart() -> Int {
    offset < count && base[offset] > 0x20 ? offset : valueStartPastWhitespace()
  }

  @usableFromInline mutating func valueStartPastWhitespace() -> Int {
    skipWhitespace()
    return offset
  }

  /// Says that the text is over: only whitespace may follow.
  public mutating func finish() {
    skipWhitespace()
    if syntaxError == nil, offset < count { failure(.trailingBytes, at: offset) }
  }

  /// The bytes between two offsets, as they stand in the text.
  @inlinable
  public func source(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  @inline(__always)
  mutating func skipWhitespace() {
    while offset < count {
      let byte = base[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      offset += 1
    }
  }

  @discardableResult
  mutating func fail<T>(_ reason: JSONSyntaxError.Reason) -> T? {
    failure(reason, at: offset)
    return nil
  }

  @inline(never)
  mutating func failure(_ reason: JSONSyntaxError.Reason, at place: Int) {
    if syntaxError == nil { syntaxError = JSONSyntaxError(reason, at: place) }
    offset = count
  }
}
