internal import CTCrypto
internal import CTRuntime

/// Redacts what the schemas mark, and nothing else.
struct MarkRedactor: Redactor {
  let key: HMACKey

  func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    switch rule {
    case .drop: Array("null".utf8)
    case .mask: Array("\"***\"".utf8)
    case .hash: Array("\"hmac:\(Hex.encode(key.tag(UnsafeRawBufferPointer(value)).bytes.prefix(16)))\"".utf8)
    case .pointer: Array("\"redacted:\(value.count)\"".utf8)
    }
  }

  func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? { nil }
}
