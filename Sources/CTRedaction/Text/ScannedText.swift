/// A text as the detectors read it: bytes, with a zero byte beyond either end, so that a look past it finds a boundary.
///
/// In debug builds every byte read can be counted. The tests hold the counts of a text and of one twice as long against
/// each other: that shows linear time without a clock.
struct ScannedText {
  let bytes: UnsafeBufferPointer<UInt8>
  #if DEBUG
    let reads: ReadCounter?
  #endif

  init(_ bytes: UnsafeBufferPointer<UInt8>, reads: ReadCounter? = nil) {
    self.bytes = bytes
    #if DEBUG
      self.reads = reads
    #endif
  }

  @inline(__always) var count: Int { bytes.count }

  /// The byte at `index`, or 0 where the text has none.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    #if DEBUG
      reads?.count += 1
    #endif
    return UInt(bitPattern: index) < UInt(bitPattern: bytes.count) ? bytes[index] : 0
  }

  /// Whether `word`, which is in lower case, stands at `index`, in any case.
  func hasWord(_ word: StaticString, at index: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    for offset in 0..<length where self[index + offset].lowercased != word.utf8Start[offset] { return false }
    return true
  }

  /// Whether `prefix` stands at `index`, exactly.
  func hasPrefix(_ prefix: StaticString, at index: Int) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard index >= 0, index + length <= count else { return false }
    for offset in 0..<length where self[index + offset] != prefix.utf8Start[offset] { return false }
    return true
  }

  /// Whether a word's prefix ends before `index`, as in `evt_JG103759A`: small letters and an underscore.
  func isAfterPrefix(_ index: Int) -> Bool { self[index - 1] == .ascii("_") && self[index - 2].isLowercase }

  /// A part of the text, for what reads it by itself.
  func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    #if DEBUG
      reads?.count += range.count
    #endif
    return UnsafeBufferPointer(rebasing: bytes[range])
  }

  /// The first place from `start` on where `predicate` does not hold.
  @inline(__always)
  func end(from start: Int, while predicate: (UInt8) -> Bool) -> Int {
    var index = start
    while index < count, predicate(self[index]) { index += 1 }
    return index
  }
}

/// Counts the bytes that detectors read.
final class ReadCounter {
  var count = 0
}
