import CTCrypto
import Testing

/// Known answers of FIPS 180-4 (NIST example values).
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownAnswer(message: String, digest: String) {
    #expect(SHA256.hash(message.utf8).hex == digest)
  }

  @Test func aMillionLettersInPieces() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for _ in 0..<1000 { hash.update(piece) }
    #expect(hash.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func oneValueHashesManyMessages() {
    var hash = SHA256()
    hash.update("abc".utf8)
    let first = hash.finish()
    hash.update("a".utf8)
    hash.update("bc".utf8)
    #expect(hash.finish() == first)
  }
}

@Suite struct DigestTests {
  @Test func readsOnlyItsOwnSpelling() {
    let digest = SHA256.hash("abc".utf8)
    #expect(Digest(hex: digest.hex.utf8) == digest)
    #expect(Digest(hex: digest.hex.uppercased().utf8) == nil)
    #expect(Digest(hex: digest.hex.dropLast().utf8) == nil)
    #expect(Digest(digest.bytes) == digest)
    #expect(Digest(digest.bytes.dropLast()) == nil)
    #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test func aDifferenceAnywhereIsSeen() throws {
    let digest = SHA256.hash("abc".utf8)
    for index in 0..<Digest.byteCount {
      var bytes = digest.bytes
      bytes[index] ^= 0x80
      let other = try #require(Digest(bytes))
      #expect(!digest.isEqualInConstantTime(to: other))
      #expect(!ConstantTime.areEqual(digest.bytes, bytes))
    }
    #expect(digest.isEqualInConstantTime(to: digest))
    #expect(ConstantTime.areEqual([1, 2], [1, 2]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 3]))
    #expect(ConstantTime.areEqual([], []))
  }
}

@Suite struct HexTests {
  @Test func roundTrip() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    #expect(Hex.decode("0aFF") == [10, 255])
    #expect(Hex.decode("0aFF", case: .lowerOnly) == nil)
    #expect(Hex.decode("0") == nil)
    #expect(Hex.decode("0g") == nil)
    #expect(Hex.decode("") == [])
  }
}
