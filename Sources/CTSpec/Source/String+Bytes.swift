internal import Glibc

extension String {
  /// Whether another text stands in this one, byte for byte; `contains` compares by characters, and takes its time.
  package func containsBytes(of other: String) -> Bool {
    var (text, other) = (self, other)
    return text.withUTF8 { text in other.withUTF8 { Self.find($0, in: text) } }
  }

  private static func find(_ wanted: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = text.baseAddress, let first = wanted.baseAddress else { return wanted.isEmpty }
    var offset = 0
    while offset + wanted.count <= text.count {
      guard let hit = memchr(start + offset, Int32(first.pointee), text.count - wanted.count - offset + 1) else {
        return false
      }
      if memcmp(hit, first, wanted.count) == 0 { return true }
      offset = UnsafeRawPointer(hit) - UnsafeRawPointer(start) + 1
    }
    return false
  }
}
