import CTStore
import Testing

@testable import CTArchive

@Suite struct GzipTests {
  private func compress(_ bytes: [UInt8], pieces: Int) -> [UInt8] {
    let gzip = GzipWriter()
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      output += gzip.compress(Array(bytes[start..<min(bytes.count, start + pieces)]))
    }
    return output + gzip.finish()
  }

  private func expand(_ bytes: [UInt8], pieces: Int) throws -> [UInt8] {
    let gzip = GzipReader()
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      try gzip.expand(Array(bytes[start..<min(bytes.count, start + pieces)])) { output += $0 }
    }
    try gzip.finish()
    return output
  }

  @Test(arguments: [0, 1, 100, 65_536, 1_000_000], [1000, 1 << 20]) func thereAndBack(count: Int, pieces: Int) throws {
    var random = SplitMix64(seed: UInt64(count))
    for repeats in [true, false] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: repeats ? UInt64($0 % 50) : random.next()) }
      let packed = compress(bytes, pieces: pieces)
      #expect(try expand(packed, pieces: pieces) == bytes)
      #expect(try expand(packed, pieces: 7001) == bytes)
      if repeats, count > 1000 { #expect(packed.count < count / 10) }
    }
  }

  @Test func severalMembersAreOneStream() throws {
    let packed = compress(Array("one ".utf8), pieces: 10) + compress(Array("two".utf8), pieces: 10)
    #expect(try expand(packed, pieces: 3) == Array("one two".utf8))
  }

  @Test func whatWasCutOffOrChangedIsNoticed() throws {
    let packed = compress(Array(repeating: 7, count: 5000), pieces: 5000)
    for count in 0..<packed.count {
      #expect(throws: GzipError.self) { try expand(Array(packed[..<count]), pieces: 100) }
    }
    var changed = packed
    changed[packed.count - 6] ^= 1
    #expect(throws: GzipError.self) { try expand(changed, pieces: 100) }
  }
}
