import CTCrypto
import CTJSON

/// Makes and reads ``EventCursor``: the place of the last event of a page, bound to the filter and signed.
///
///     base64url( version 1 (1 byte) ‖ ts (8) ‖ seq (8) ‖ filter tag (8) ‖ first 8 bytes of the HMAC of those 25 )
///
/// 64 bits of a tag are enough: a forged cursor would only show a page that the same reader may ask for anyway.
struct CursorCoder: Sendable {
  let key: HMACKey

  private static let version: UInt8 = 1
  private static let signedCount = 25

  struct Place: Equatable {
    let ts: Int64
    let seq: Int64
  }

  func encode(_ place: Place, filter: EventFilter) -> EventCursor {
    var bytes = [Self.version]
    for number in [place.ts, place.seq] { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
    bytes += filter.tag
    bytes += key.tag(bytes).bytes.prefix(8)
    return EventCursor(text: Base64URL.encode(bytes))
  }

  func decode(_ cursor: EventCursor, filter: EventFilter) throws(StoreError) -> Place {
    guard let bytes = Base64URL.decode(cursor.text.utf8), bytes.count == Self.signedCount + 8,
      bytes[0] == Self.version,
      ConstantTime.areEqual(
        key.tag(bytes.prefix(Self.signedCount)).bytes.prefix(8), bytes.suffix(8))
    else { throw StoreError(.invalidCursor, "the cursor is none of this store's") }
    guard Array(bytes[17..<25]) == filter.tag else {
      throw StoreError(.cursorOfOtherFilter, "the cursor belongs to a list with another filter")
    }
    return Place(ts: Self.number(bytes[1..<9]), seq: Self.number(bytes[9..<17]))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

extension EventFilter {
  /// Eight bytes that tell this filter from others.
  fileprivate var tag: [UInt8] {
    var bytes: [UInt8] = []
    for field in [source, type, correlationId] {
      guard let field else {
        bytes.append(0)
        continue
      }
      bytes.append(1)
      withUnsafeBytes(of: UInt32(field.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: field.utf8)
    }
    for instant in [from, to] {
      bytes.append(instant == nil ? 0 : 1)
      withUnsafeBytes(of: (instant?.microseconds ?? 0).bigEndian) { bytes.append(contentsOf: $0) }
    }
    return Array(SHA256.hash(bytes).bytes.prefix(8))
  }
}
