import CTCrypto
import CTJSON

/// A value for a statement's parameter, for statements that are not run per event.
enum SQLValue {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  static func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }
  static func time(_ instant: Timestamp) -> SQLValue { .integer(instant.microseconds) }
  static func digest(_ digest: Digest) -> SQLValue { .blob(digest.bytes) }
  static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
}
