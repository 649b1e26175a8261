import CTCrypto
import Testing

/// Known answers of RFC 4231, sections 4.2 to 4.8.
@Suite struct HMACTests {
  struct Vector: Sendable {
    let key: [UInt8]
    let message: [UInt8]
    let tag: String
  }

  static let vectors = [
    Vector(
      key: [UInt8](repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
      tag: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Vector(
      key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      tag: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Vector(
      key: [UInt8](repeating: 0xaa, count: 20), message: [UInt8](repeating: 0xdd, count: 50),
      tag: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Vector(
      key: (1...25).map { UInt8($0) }, message: [UInt8](repeating: 0xcd, count: 50),
      tag: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    Vector(
      key: [UInt8](repeating: 0xaa, count: 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      tag: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    Vector(
      key: [UInt8](repeating: 0xaa, count: 131),
      message: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      tag: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
  ]

  @Test(arguments: vectors) func knownAnswer(vector: Vector) throws {
    let key = HMACKey(vector.key)
    #expect(key.tag(vector.message).hex == vector.tag)
    #expect(key.isValid(hexTag: vector.tag.utf8, for: vector.message))
    #expect(!key.isValid(hexTag: vector.tag.uppercased().utf8, for: vector.message))
    #expect(!key.isValid(hexTag: vector.tag.utf8, for: vector.message + [0]))
  }

  @Test func manyThreadsUseOneKey() async {
    let vector = Self.vectors[1]
    let key = HMACKey(vector.key)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<2000).allSatisfy { _ in key.tag(vector.message).hex == vector.tag } }
      }
      for await allRight in group { #expect(allRight) }
    }
  }
}
