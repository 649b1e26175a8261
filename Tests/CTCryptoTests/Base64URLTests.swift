import CTCrypto
import Testing

/// RFC 4648, section 10, without padding, and section 5 for the two characters of the URL-safe alphabet.
@Suite struct Base64URLTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"),
  ])
  func knownAnswer(text: String, encoded: String) {
    #expect(Base64URL.encode(text.utf8) == encoded)
    #expect(Base64URL.decode(encoded.utf8) == Array(text.utf8))
  }

  @Test func everyByte() {
    let bytes = (0...255).map { UInt8($0) }
    #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
    #expect(Base64URL.encode([0xfb, 0xff]) == "-_8")
  }

  @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm 9v", "Zm+v", "Zm/v"])
  func everyOtherSpellingIsRefused(text: String) {
    #expect(Base64URL.decode(text.utf8) == nil)
  }
}
