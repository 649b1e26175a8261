/// The 32 bytes of a SHA-256 digest or an HMAC-SHA-256 tag, held in place: copying one allocates nothing.
///
/// `==` is not constant-time. Where an attacker chooses one side, use ``isEqualInConstantTime(to:)``.
public struct Digest: Hashable, Sendable {
  /// The bytes in order, eight to a word, in the machine's own byte order: the value's memory *is* the digest.
  private var words: Words

  private struct Words: Hashable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  public static let byteCount = 32

  /// 32 zero bytes: the link before the first of a chain.
  public static let zero = Digest(words: Words())

  private init(words: Words) { self.words = words }

  /// A digest whose 32 bytes `fill` writes.
  init(filledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
    words = Words()
    withUnsafeMutableBytes(of: &words, fill)
  }

  /// A digest of exactly 32 bytes; `nil` for any other count.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init { $0.copyBytes(from: bytes) }
  }

  /// A digest of exactly 32 bytes; `nil` for any other count.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init { $0.copyMemory(from: bytes) }
  }

  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  @inlinable public init?(hex: some Collection<UInt8>) {
    guard let digest = hex.withContiguousBytes({ Digest(hexDigits: $0) }) else { return nil }
    self = digest
  }

  @usableFromInline init?(hexDigits digits: UnsafeRawBufferPointer) {
    guard digits.count == 2 * Self.byteCount else { return nil }
    var isRight = false
    self.init { isRight = Hex.decode(digits: digits.bindMemory(to: UInt8.self), .lowerOnly, into: $0) }
    if !isRight { return nil }
  }

  /// Calls `body` with the 32 bytes, which are valid only during the call.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// A copy of the 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// Appends the bytes of ``hex``.
  ///
  /// - Parameter count: how many bytes, from the first one on.
  public func appendHex(of count: Int = byteCount, to text: inout [UInt8]) {
    withUnsafeBytes { bytes in
      Hex.append(
        bytes: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)).bindMemory(to: UInt8.self), to: &text)
    }
  }

  /// Appends the 32 bytes.
  public func append(to bytes: inout [UInt8]) { withUnsafeBytes { bytes.append(contentsOf: $0) } }

  /// Compares in a time that does not depend on where the two differ.
  public func isEqualInConstantTime(to other: Digest) -> Bool {
    let difference =
      (words.first ^ other.words.first) | (words.second ^ other.words.second) | (words.third ^ other.words.third)
      | (words.fourth ^ other.words.fourth)
    return difference == 0
  }
}

extension Digest: CustomStringConvertible {
  public var description: String { hex }
}
