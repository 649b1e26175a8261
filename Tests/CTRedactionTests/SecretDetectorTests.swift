import CTCrypto
import Testing

@Suite("Keys, tokens, files and stack traces are found")
struct SecretDetectorTests {
  static let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  static let base64 = String(repeating: "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoKPDwvTGVu", count: 8)

  @Test(
    "Tokens by their form",
    arguments: [
      Case(jwt, "jwt"), Case("got \(jwt).", "jwt"), Case("Authorization: Bearer abcDEF123456789", "secret", "token"),
      Case("AKIAIOSFODNN7EXAMPLE", "token"), Case("evt_AKIAIOSFODNN7EXAMPLE", "token"),
      Case("AKIA IOSFODNN7EXAMPLE", "token"),
      Case("ASIA PACIFICREGIONSLTD"), Case("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "token"),
      Case("key sk_live_4eC39HqLyjWDarjtT1zdp7dc!", "token"), Case("Basic dXNlcjpwYXNzd29yZA==", "token"),
      Case(Token.generate(kind: "finance").text, "token"), Case("https://jane:hunter2@example.org/x", "secret"),
      Case("basic understanding of things"), Case("bearer certificates are old"), Case("ghp_short"), Case("sk_live_x"),
      Case("0f8fad5b-d9cb-469f-a165-70867728950e"), Case("9fceb02d0ae598e95dc970b74767f19372d61af8"),
    ])
  func tokens(_ example: Case) {
    if example.text.hasPrefix("Authorization") || example.text.hasPrefix("https") {
      #expect(inspect(example.text)?.text.contains("abcDEF") != true)
      #expect(inspect(example.text)?.text.contains("hunter2") != true)
    } else {
      check(example)
    }
  }

  @Test("A PEM block goes whole, also where its end is cut off")
  func pem() {
    let block = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc\n-----END RSA PRIVATE KEY-----"
    #expect(inspect("a \(block) b")?.text == "a [private-key] b")
    #expect(inspect("a -----BEGIN PRIVATE KEY-----\nMIIE")?.text == "a [private-key]")
  }

  @Test("File bytes become a reference with their size")
  func fileBytes() throws {
    let found = try #require(inspect("data:application/pdf;base64,\(Self.base64)"))
    #expect(found.detectors == ["file-bytes"])
    #expect(found.text.hasPrefix("redacted:\(Self.base64.utf8.count + 28):"))
    #expect(inspect(Self.base64)?.text.hasPrefix("redacted:") == true)
    let lines = String(Self.base64.enumerated().flatMap { $0 % 76 == 75 ? [$1, "\n"] : [$1] })
    #expect(inspect("file: \(lines) end")?.text.hasSuffix("] end") == true)
    #expect(inspect(String(repeating: "9f86d081884c7d65", count: 8)) == nil)
  }

  static let traces = [
    "Error: x\n    at f (/app/x.js:1:2)\n    at async g (/app/y.js:3:4)",
    "java.lang.X: y\n\tat com.acme.Foo.bar(Foo.java:12)\n\tat com.acme.Main.main(Main.java:3)\nCaused by: Z",
    "Traceback (most recent call last):\n  File \"/home/jane/x.py\", line 3, in <module>\n    f()\nValueError: 3",
    "goroutine 1 [running]:\nmain.f()\n\t/app/x.go:12 +0x1d",
    "0   libswiftCore.so  0x00007f8d1c2a $s\n1   app  0x000055d1 main",
    "x.rb:1\nfrom x.rb:3:in `f'\nfrom x.rb:9:in `g'",
    #"Error: x\n    at f (/app/x.js:1:2)\n    at g (/app/y.js:3:4)"#,
    "stack backtrace:\n   0: std::panicking::begin\n   1: core::ops::function",
  ]

  @Test("A stack trace becomes a reference", arguments: traces)
  func stackTrace(_ trace: String) {
    #expect(inspect(trace)?.detectors == ["stack-trace"])
    #expect(inspect(trace)?.text.hasPrefix("redacted:\(trace.utf8.count):") == true)
  }

  @Test("Prose in lines is none", arguments: ["Meeting:\nat the office\nat noon", "#1 fix\n#2 test", "a\nb\nc"])
  func prose(_ text: String) { #expect(inspect(text) == nil) }
}
