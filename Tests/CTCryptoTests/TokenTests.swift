import Testing

@testable import CTCrypto

@Suite struct TokenTests {
  @Test func roundTrip() throws {
    let token = Token.generate(kind: "finance")
    #expect(token.text.hasPrefix("ct_finance_"))
    #expect(token.text.utf8.count == "ct_finance_".utf8.count + 43 + 1 + 6)
    let read = try #require(Token(token.text))
    #expect(read.kind == "finance")
    #expect(read.digest == token.digest)
    #expect(token.digest == SHA256.hash(token.text.utf8))
    #expect(Token.generate(kind: "finance").text != token.text)
  }

  @Test func aTypingErrorIsSeen() {
    let text = Array(Token.generate(kind: "finance").text.utf8)
    for index in text.indices {
      var changed = text
      changed[index] = changed[index] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
      #expect(Token(String(decoding: changed, as: UTF8.self)) == nil)
    }
    #expect(Token("") == nil)
    #expect(Token("DEV_TOKEN_FINANCE") == nil)
  }

  @Test func theSecretIsNotShown() {
    let token = Token.generate(kind: "viewer")
    #expect("\(token)" == "ct_viewer_…")
    #expect(String(reflecting: token) == "ct_viewer_…")
  }

  @Test func checksumAndDigits() {
    #expect(CRC32.checksum("123456789".utf8) == 0xcbf4_3926)
    #expect(String(decoding: Base62.encode(61, count: 2), as: UTF8.self) == "0z")
    #expect(String(decoding: Base62.encode(62, count: 2), as: UTF8.self) == "10")
    #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
  }
}
