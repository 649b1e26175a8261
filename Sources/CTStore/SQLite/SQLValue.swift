package import CTCrypto
package import CTJSON

/// A value for a statement's parameter, for statements that are not run per event.
package enum SQLValue {
  case null
  case integer(Int64)
  case text(String)
  /// Text, as its bytes in UTF-8.
  case utf8([UInt8])
  case blob([UInt8])

  package static func integer(_ number: Int) -> SQLValue { .integer(Int64(number)) }
  package static func time(_ instant: Timestamp) -> SQLValue { .integer(instant.microseconds) }
  package static func digest(_ digest: Digest) -> SQLValue { .blob(digest.bytes) }
  package static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
}
