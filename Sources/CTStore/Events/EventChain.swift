import CTCrypto
import CTJSON

/// The audit chain: `hash(n) = SHA-256(hash(n-1) ‖ encoding(n))`, where `hash(0)` is 32 zero bytes.
///
/// The encoding holds every column, so that no two events share one: integers are big-endian, and every string has its
/// length before it.
///
///     version (1 byte) ‖ seq (8) ‖ ts (8) ‖ receivedAt (8) ‖ signal (1) ‖ bodyDigest (32)
///     ‖ (length (4) ‖ bytes) for eventId, type, source, correlationId, payload
///
/// A missing `correlationId` has the length 0xffffffff. Version 1 ends here; it is that of an event that corrects none and
/// from which nothing was redacted. Version 2 goes on with `corrects` and `redactions`, of which one may be missing.
struct EventChain: ~Copyable {
  private(set) var head: Digest
  private var hash = SHA256()

  init(head: Digest) { self.head = head }

  /// Extends the chain by one event and returns its hash.
  mutating func append(_ encoding: UnsafeRawBufferPointer) -> Digest {
    hash.update(head)
    hash.update(encoding)
    head = hash.finish()
    return head
  }

  /// Goes back to an earlier head, after a transaction that was rolled back.
  mutating func reset(to head: Digest) { self.head = head }
}

/// The encoding of one event for ``EventChain``, in a buffer that is used again and again. The writer binds the strings
/// from it too, so each is copied once.
struct EventEncoder {
  private(set) var bytes: [UInt8] = []
  private(set) var eventId = 0..<0
  private(set) var correlationId: Range<Int>?
  private(set) var payload = 0..<0
  private(set) var corrects: Range<Int>?
  private(set) var redactions: Range<Int>?
  /// Where the 32 bytes of the body's digest are.
  static let bodyDigest = 26..<58

  private static let missing = UInt32.max

  mutating func encode(_ event: EventRecord, seq: Int64) {
    bytes.removeAll(keepingCapacity: true)
    let isPlain = event.corrects == nil && event.redactions == nil
    bytes.append(isPlain ? 1 : 2)
    append(UInt64(bitPattern: seq))
    append(UInt64(bitPattern: event.ts.microseconds))
    append(UInt64(bitPattern: event.receivedAt.microseconds))
    bytes.append(event.signal.rawValue)
    event.bodyDigest.append(to: &bytes)
    eventId = append(event.eventId.utf8)
    _ = append(event.type.utf8)
    _ = append(event.source.utf8)
    correlationId = append(event.correlationId?.utf8)
    payload = append(event.payload)
    corrects = isPlain ? nil : append(event.corrects?.utf8)
    redactions = isPlain ? nil : append(event.redactions)
  }

  private mutating func append(_ field: (some Collection<UInt8>)?) -> Range<Int>? {
    if let field { return append(field) as Range<Int> }
    append(Self.missing)
    return nil
  }

  private mutating func append(_ field: some Collection<UInt8>) -> Range<Int> {
    append(UInt32(field.count))
    let start = bytes.count
    bytes.append(contentsOf: field)
    return start..<bytes.count
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
