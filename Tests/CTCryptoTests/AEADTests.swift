import Testing

@testable import CTCrypto

/// Known answers of "The Galois/Counter Mode of Operation" (McGrew, Viega), appendix B, test cases 13, 14 and 16.
@Suite struct AEADTests {
  struct Vector: Sendable {
    let key: String
    let nonce: String
    let plaintext: String
    let context: String
    let sealed: String
  }

  static let vectors = [
    Vector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), plaintext: "", context: "",
      sealed: "530f8afbc74536b9a963b4f1c4cb738b"),
    Vector(
      key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12),
      plaintext: String(repeating: "00", count: 16), context: "",
      sealed: "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    Vector(
      key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
      plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b"),
  ]

  @Test(arguments: vectors) func knownAnswer(vector: Vector) throws {
    let keyBytes = try #require(Hex.decode(vector.key))
    let key = try #require(AEADKey(keyBytes))
    let nonce = try #require(Hex.decode(vector.nonce))
    let plaintext = try #require(Hex.decode(vector.plaintext))
    let context = try #require(Hex.decode(vector.context))
    let box = key.seal(plaintext, context: context, nonce: nonce)
    #expect(Hex.encode(box) == vector.nonce + vector.sealed)
    #expect(key.open(box, context: context) == plaintext)
  }

  @Test func everyChangedBitIsSeen() {
    let key = AEADKey()
    let box = key.seal(Array("secret".utf8), context: Array("name".utf8))
    for index in box.indices {
      var changed = box
      changed[index] ^= 1
      #expect(key.open(changed, context: Array("name".utf8)) == nil)
    }
    #expect(key.open(box, context: Array("nome".utf8)) == nil)
    #expect(key.open(Array(box.dropLast()), context: Array("name".utf8)) == nil)
    #expect(key.open([]) == nil)
    #expect(AEADKey().open(box, context: Array("name".utf8)) == nil)
    #expect(AEADKey([1, 2, 3]) == nil)
  }
}
