internal import CTRedaction

/// What only the words around it, or an encoding, make personal data of; and sentences that look alike and hold nothing.
extension SeededGenerator {
  /// A name that the sentence introduces.
  mutating func introduced() -> Sample {
    let (first, last) = (firstName(), lastName())
    let text = pick([
      "Dear \(first), your upload has failed.", "Hi \(first),\nplease look at it.", "Spoke to Mrs \(last) about it.",
      "passed on to Dr. \(first) \(last) today", "Hello, my name is \(first) and I cannot log in", "ask Mr \(last)",
      "It is done.\nKind regards,\n\(first) \(last)", "Thanks,\n\(first)", "Signed, \(first) \(last)",
      "period,name\n2025-09,\(first) \(last)", "INSERT INTO people (name, n) VALUES (\"\(first) \(last)\", 7)",
      "Contact name - \(first) \(last)", "rang: Helen \(last), twice", "{\"text\":\"Dear Ms \(last), it was paid\"}",
      "Hello \(first)!", "Best wishes\n\n\(first) \(last)\n07:30 shift",
    ])
    return Sample(detector: .name, kind: "prose", text: text, core: text.contains(last) ? last : first)
  }

  /// An address for people and not for robots, or behind an encoding.
  mutating func hiddenEmail() -> Sample {
    let local = word("jane.doe amir_patel zoe99 bjorn.li")
    let domain = word("example swan-portal mail")
    let spoken = pick([
      "\(local) at \(domain) dot com", "\(local) [at] \(domain) [dot] org", "\(local)(at)\(domain)(dot)co(dot)uk",
      "write to \(local) at \(domain) dot co dot uk please",
    ])
    let plain = "\(local)@\(domain).com"
    switch int(0...2) {
    case 0: return Sample(detector: .email, kind: "base64", text: inText(Self.base64(plain)), core: Self.base64(plain))
    case 1: return Sample(detector: .email, kind: "hex", text: inText(Self.hex(plain)), core: Self.hex(plain))
    default: return Sample(detector: .email, kind: "spoken", text: inText(spoken), core: local)
    }
  }

  mutating func hostName() -> String {
    "ip-" + (0..<4).map { _ in String(int(1...254)) }.joined(separator: "-") + pick(["", ".compute.internal"])
  }

  mutating func commandLine() -> Sample {
    let secret = password()
    let text = pick(["curl -u jane:\(secret) https://x.example", "curl --user jane:\(secret) https://x.example"])
    return Sample(detector: .secret, kind: "option", text: text, core: secret)
  }

  /// Greetings of nobody, and sentences with capitals.
  mutating func harmlessProse() -> String {
    pick([
      "Hello World", "Dear Customer, your invoice is ready", "Hi all, deploy at noon", "Thanks, it works now",
      "Dear Sir or Madam, please pay", "Build Failed On Main", "Signed in at the gate", "Kind regards, the team",
      "The name is taken", "Hello, is anybody there?", "Thanks for the Upload Service", "Dear Team, Run Is Green",
      "signed, sealed, delivered", "meet at noon", "connect the dot to dot puzzle", "look at the dot files",
      "Miss rate \(digits(2)) %", "MS Word", "Dr. No.\(digits(1)).mkv", "cheers - Build \(digits(3))",
      "user \(digits(2)) -u is not an option", "docker run -u \(digits(4)) image:latest",
    ])
  }

  /// Tables, and words with the marks that addresses have.
  mutating func harmlessTable() -> String {
    pick([
      "period,total\n2025-\(padded(1...12)),\(digits(3)).50", "id;state\n\(digits(4));Paid\n\(digits(4));Open",
      "INSERT INTO runs (id, state) VALUES (\(digits(3)), 'Done')", "react@latest", "deploy build@main", "width=40px",
      "Customer name - missing", "Reset password - done", "Mark \(digits(2)) Complete", "a <b>bold</b> move",
      "x < \(digits(3))",
    ])
  }

  static func hex(_ text: String) -> String {
    text.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  /// RFC 4648, section 4.
  static func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(text.utf8)
    var encoded = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0...group.count { encoded.append(alphabet[bits >> (18 - 6 * place) & 63]) }
      encoded += String(repeating: "=", count: 3 - group.count)
    }
    return encoded
  }
}
