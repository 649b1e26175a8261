import CTSpec
import Testing

@Suite struct PatternTests {
  /// Pattern, texts that match, texts that do not.
  static let table: [(String, [String], [String])] = [
    ("", ["", "a"], []),
    ("a", ["a", "xay"], ["", "b"]),
    ("^a$", ["a"], ["", "aa", "ba", "a\n"]),
    ("^$", [""], ["a"]),
    ("^", ["", "a"], []),
    ("a|b|", ["", "c"], []),
    ("^(a|bc)$", ["a", "bc"], ["ab", "abc", "b"]),
    ("^a*$", ["", "aaa"], ["ab"]),
    ("^a+?$", ["a", "aaa"], [""]),
    ("^ab?c$", ["abc", "ac"], ["abbc"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
    ("^a{0,2}$", ["", "a", "aa"], ["aaa"]),
    ("^(a{1,2}){2}$", ["aa", "aaa", "aaaa"], ["a", "aaaaa"]),
    ("^(a*)*$", ["", "aaaa"], ["b"]),
    ("^(|a)+$", ["", "aaaa"], ["b"]),
    ("^[a-c]$", ["a", "b", "c"], ["d", "-", ""]),
    ("^[^a-c]$", ["d", "é", "\n"], ["a", "b", ""]),
    ("^[-a]$", ["-", "a"], ["b"]),
    ("^[a-]$", ["-", "a"], ["b"]),
    ("^[\\]\\-]$", ["]", "-"], ["\\"]),
    ("[]", [], ["", "a"]),
    ("^[^]$", ["a", "\n"], ["", "ab"]),
    ("^.$", ["a", "é", "😀"], ["\n", "\r", "\u{2028}", "", "ab"]),
    ("^\\d+$", ["0123456789"], ["٣", "a"]),
    ("^\\w$", ["a", "_", "9"], ["é", "-"]),
    ("^\\W$", ["é", "-"], ["a"]),
    ("^\\s$", [" ", "\u{FEFF}", "\u{A0}", "\u{2029}", "\u{B}"], ["a", "\u{180E}"]),
    ("^\\S$", ["a"], [" "]),
    ("^[\\d_]+$", ["1_2"], ["a"]),
    ("\\bfoo\\b", ["foo", "a foo b", "-foo-"], ["food", "_foo", "éfoo_"]),
    ("\\Boo", ["foo"], ["oo", " oo"]),
    ("^\\t\\n\\v\\f\\r\\0$", ["\t\n\u{B}\u{C}\r\0"], ["tnvfr0"]),
    ("^\\cA$", ["\u{1}"], ["A"]),
    ("^\\x41\\u0042\\u{43}\\u{1F600}$", ["ABC😀"], ["ABC"]),
    ("^\\uD83D\\uDE00$", ["😀"], ["\u{FFFD}"]),
    ("^[\\b]$", ["\u{8}"], ["b"]),
    ("^\\$\\^\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/\\\\$", ["$^.*+?()[]{}|/\\"], [""]),
    ("^\\-\\@\\_$", ["-@_"], [""]),
    ("^(?:ab)+$", ["abab"], ["aba"]),
    ("^(?<year>\\d{4})$", ["2025"], ["25"]),
    ("^\\p{Lu}\\p{Ll}*$", ["Émile", "A"], ["émile", ""]),
    ("^\\p{Letter}+$", ["żółć"], ["a1"]),
    ("^\\P{L}$", ["1"], ["a"]),
    ("^[\\p{N}-]+$", ["1-²"], ["a"]),
    ("^😀{2}$", ["😀😀"], ["😀"]),
    ("a$|^b", ["xa", "bx"], ["ax", "xb"]),
    ("a.*b", ["axxb", "zab"], ["a\nb", "ba"]),
    ("^\\S(.*\\S)?$", ["a", "a b"], [" a", "a ", ""]),
    ("^INV-\\d{4}-\\d{4}$", ["INV-2025-0912"], ["INV-2025-091", "xINV-2025-0912"]),
    ("e\u{301}", ["e\u{301}"], ["\u{E9}"]),
  ]

  @Test(arguments: table)
  func matches(_ pattern: String, _ matching: [String], _ others: [String]) throws {
    let dfa = try Pattern(pattern).compiled()
    for text in matching { #expect(dfa.matches(text), "\(pattern) should match \(text.debugDescription)") }
    for text in others { #expect(!dfa.matches(text), "\(pattern) should not match \(text.debugDescription)") }
  }

  /// Faulty patterns with the place of the fault, in code points from 0, and a part of the message.
  static let faulty: [(String, Int, String)] = [
    ("a(b", 1, "not closed"),
    ("a)b", 1, "closes nothing"),
    ("[a", 0, "not closed"),
    ("*", 0, "repeated"),
    ("a**", 2, "repeated"),
    ("^*", 1, "repeated"),
    ("a{2,1}", 1, "order"),
    ("a{", 1, "count"),
    ("{", 0, "repeated"),
    ("]", 0, "closes nothing"),
    ("[b-a]", 1, "order"),
    ("[\\d-z]", 1, "range"),
    ("é\\", 1, "ends within"),
    ("\\a", 0, "no escape"),
    ("^\\S\\Z", 3, "no escape"),
    ("\\x4", 0, "hexadecimal"),
    ("\\u{110000}", 0, "code point"),
    ("\\c1", 0, "letter"),
    ("\\01", 0, "octal"),
    ("\\p{Nope}", 0, "property"),
    ("(?i)a", 0, "followed"),
    ("(?<1>a)", 3, "name"),
    ("(?=a)", 0, "look-ahead"),
    ("x(?!a)", 1, "look-ahead"),
    ("(?<=a)b", 0, "look-behind"),
    ("(?<!a)b", 0, "look-behind"),
    ("(a)\\1", 3, "back-reference"),
    ("(?<n>a)\\k<n>", 7, "back-reference"),
    ("a{99999999999999999999}", 2, "counts"),
    ("((a{1000}){1000}){1000}", 0, "too large"),
    (".*a.{40}", 0, "10000 states: write it with fewer counts"),
    (String(repeating: "ab", count: 6_000), 0, ": make it shorter"),
    ("\\p{Script=Greek}", 0, "'Script=Greek' is not known here; those that are known are general categories such as"),
    ("(?<n>a)(?<n>b)", 7, "there is another group of the name 'n'"),
    ("(?:(?<n>a)|b)(?<n>c)", 13, "there is another group of the name 'n'"),
  ]

  @Test(arguments: faulty)
  func isRefused(_ pattern: String, _ offset: Int, _ part: String) {
    let fault = #expect(throws: Pattern.Fault.self) { try Pattern(pattern).compiled() }
    #expect(fault?.offset == offset)
    #expect(fault?.message.contains(part) == true, "\(fault?.message ?? "")")
  }

  @Test func `alternatives may have groups of one name`() throws {
    #expect(try Pattern("^(?:(?<y>a)|(?<y>b)|(?<z>(?<w>c)))$").compiled().matches("c"))
  }

  @Test(.timeLimit(.minutes(1)))
  func `a pattern of very many different characters ends quickly`() {
    let scalars = (0x4E00..<0x4E00 + 20_000).compactMap { Unicode.Scalar($0).map(String.init) }
    for pattern in [scalars.joined(), scalars.joined(separator: "|"), "[" + scalars.joined() + "]x"] {
      _ = try? Pattern(pattern).compiled()
    }
    #expect(throws: Pattern.Fault.self) { try Pattern(scalars.joined(separator: "|")).compiled() }
  }

  @Test func takesLinearTime() throws {
    let dfa = try Pattern("^(a+)+$").compiled()
    #expect(!dfa.matches(String(repeating: "a", count: 100_000) + "b"))
  }

  @Test func endsEarlyWhereNothingCanChange() throws {
    let anchored = try Pattern("^ab").compiled()
    #expect(anchored.dead != nil)
    #expect(anchored.matched != nil)
    #expect(anchored.stateCount == 4)
  }

  @Test func hostilePatternsEndQuickly() {
    let clock = ContinuousClock()
    let patterns = [
      String(repeating: "(", count: 1_000_000), String(repeating: "a", count: 1_000_000),
      String(repeating: "a?", count: 20_000), "(" + String(repeating: "x{0,99}", count: 500) + "){99}",
      String(repeating: "(a|b)*c", count: 1_000), String(repeating: "[a-z\\p{L}]", count: 3_000),
    ]
    for pattern in patterns {
      let time = clock.measure { _ = try? Pattern(pattern).compiled() }
      #expect(time < .seconds(10), "\(pattern.prefix(20)) took \(time)")
    }
  }
}
