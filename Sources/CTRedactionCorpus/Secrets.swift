/// Invented keys, tokens, files and stack traces.
extension SeededGenerator {
  private static let base64Alphabet = SeededGenerator.letters + "0123456789+/"
  private static let base64URLAlphabet = SeededGenerator.letters + "0123456789-_"

  mutating func jwt() -> String {
    let header = pick([
      "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9", "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9",
    ])
    return
      "\(header).eyJ\(characters(int(20...90), of: Self.base64URLAlphabet)).\(characters(43, of: Self.base64URLAlphabet))"
  }

  mutating func privateKey() -> String {
    let label = pick(["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "CERTIFICATE"])
    let body = (0..<int(2...6)).map { _ in characters(64, of: Self.base64Alphabet) }
    let lines = ["-----BEGIN \(label)-----"] + body + ["-----END \(label)-----"]
    return lines.joined(separator: pick(["\n", "\\n", " "]))
  }

  mutating func token() -> String {
    switch int(0...8) {
    case 0: "AKIA" + characters(16, of: Self.capitals + "234567")
    case 1: pick(["ghp_", "gho_", "ghs_"]) + base62(36)
    case 2: pick(["sk_live_", "sk_test_", "rk_live_", "whsec_"]) + base62(24)
    case 3: "glpat-" + characters(20, of: Self.base64URLAlphabet)
    case 4: "xoxb-\(digits(12))-\(digits(12))-\(base62(24))"
    case 5: "AIza" + characters(35, of: Self.base64URLAlphabet)
    case 6: "ct_\(word("finance portal owner ci-runner"))_\(base62(43))_\(base62(6))"
    case 7: "Bearer " + base62(40)
    default: "npm_" + base62(36)
    }
  }

  mutating func password() -> String {
    pick([
      base62(12), "hunter\(digits(4))", "Correct-Horse-\(digits(2))",
      characters(16, of: Self.letters + "!#$%^*?0123456789"),
    ])
  }

  mutating func fileBytes() -> String {
    let data = characters(int(60...400) * 4, of: Self.base64Alphabet)
    switch int(0...2) {
    case 0: return "data:\(word("application/pdf image/png text/csv"));base64,\(data.prefix(int(8...100) * 4))"
    case 1: return data
    default:
      return stride(from: 0, to: data.count, by: 76).map { String(data.dropFirst($0).prefix(76)) }.joined(
        separator: "\r\n")
    }
  }

  mutating func stackTrace() -> String {
    let user = word("jane amir chloe")
    let line = int(1...900)
    return pick([
      "TypeError: x is undefined\n    at parse (/home/\(user)/app/parse.js:\(line):12)\n    at async run (/home/\(user)/app/run.js:3:4)",
      "java.lang.IllegalStateException: no\n\tat com.\(user).Foo.bar(Foo.java:\(line))\n\tat com.\(user).Main.main(Main.java:3)",
      "Traceback (most recent call last):\n  File \"/home/\(user)/t.py\", line \(line), in <module>\n    main()\nValueError: no",
      "panic: no\n\ngoroutine 1 [running]:\nmain.main()\n\t/home/\(user)/main.go:\(line) +0x1d\n",
      "Fatal error\n0 app 0x000055d1c0ffee01 \(user)\n1 app 0x000055d1c0ffee02 main + \(line)\n2 libc 0x00007f8d00000000 start",
      "System.Exception: no\n   at Acme.\(user)(String x) in C:\\src\\x.cs:line \(line)\n   at Acme.Main(String[] args)",
      "boom\n#0 /srv/\(user)/index.php(\(line)): run()\n#1 {main}\n#2 /srv/x.php(3): f()",
    ])
  }

  mutating func ipAddress() -> String {
    switch int(0...3) {
    case 0: (0..<8).map { _ in hex(4) }.joined(separator: ":")
    case 1: "2001:db8::\(hex(int(1...4))):\(int(1...9))\(hex(2))"
    case 2: "fe80::\(hex(4)):\(hex(4)):\(hex(4)):\(int(1...9))\(hex(3))"
    default: "\(pick([10, 81, 192, 203, 172]))." + (0..<3).map { _ in String(int(0...255)) }.joined(separator: ".")
    }
  }
}
