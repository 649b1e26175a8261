import Testing

@testable import CTRedaction

@Suite("Detectors read a text a bounded number of times, however it is made")
struct LinearTimeTests {
  static let pieces = [
    "1", "@", "a.", "1 ", "1-", "a@", "a@a.", "@a.a", ".", ":", "=", "a:", "a=", "name:", "token:", "token=a ",
    "name: a ",
    "eyJ", "eyJ-", "eyJ.", "-----BEGIN ", "-----END ", "-", "ghp_", "ghp_a", "sk-", "Bearer ", "://", "a://", "://a:",
    "%", "%25", "%40", "\\", "\\u0040", "\\\\u", "&#", "&#64;", "+", "+4", "0", "00", "(0) ", "07700 ", "0.0.0.",
    "1.1.1.1 ",
    "f:", "::", "f::", "GB", "GB29", "GB29 ", "AB12", "AB1 ", "20-00-00 ", "55779911 ", "200000 ", "SW1A ", "1AA",
    "A1 1A",
    "\n", "at (\n", "at \n", "1 \n", "\\n", "data:", ";base64,", "data:;base64,", "\"", "\"@", "{", "[", "[[\"", "{\"",
    "{}", "[1]",
    "é", "\u{200B}", "＠", "１", "4111 ", "4111", "sort ", "account 1 ", "0 1 ", "A", "aA1/", " ", "address: 1 ",
    "dob: 1 ", "\\\"", "<", "<b>", "</", "=40", "a=40", "a=40a.com ", "name,a\n", "a,", ",\n", "\"\n",
    "(name) values (", ") values ('",
    "values ", "('", "Jane ", "Jane Doe ", " - ", "name - Ab ", "mail a@b ", "AKIA ", "to ",
  ]

  @Test("twice the text, at most twice the bytes read", arguments: pieces)
  func linear(_ piece: String) {
    let short = Self.reads(piece, bytes: 4_000)
    let long = Self.reads(piece, bytes: 16_000)
    #expect(long <= short * 4 + short / 4 + 2_000, "\(short) bytes read of 4,000, \(long) of 16,000")
    #expect(long <= 16_000 * 150, "\(long / 16_000) reads a byte")
  }

  @Test("the same with a broken JSON text around it", arguments: pieces)
  func linearInText(_ piece: String) {
    let short = Self.reads(piece, bytes: 4_000, prefix: "07700 900123 x@y.zz \u{A0}")
    let long = Self.reads(piece, bytes: 16_000, prefix: "07700 900123 x@y.zz \u{A0}")
    #expect(long <= short * 4 + short / 4 + 4_000, "\(short) bytes read of 4,000, \(long) of 16,000")
  }

  private static func reads(_ piece: String, bytes: Int, prefix: String = "") -> Int {
    let text = Array((prefix + String(repeating: piece, count: bytes / piece.utf8.count)).utf8)
    let counter = ReadCounter()
    text.withUnsafeBufferPointer { text in
      let inspection = Inspection(redactor: redactor, reads: counter)
      _ = inspection.inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: text)
    }
    return counter.count
  }
}
