import CTJSON
import Testing

@Suite struct JSONNumberTests {
  private func number(_ text: String) throws -> JSONNumber { try #require(JSONNumber(text), "\(text)") }

  @Test(arguments: ["0", "-0", "1", "-1.5", "1e5", "1E+05", "0.10", "1.0e-2", "1e999999999999999999999999"])
  func accepts(_ text: String) throws { #expect(try number(text).lexeme == text) }

  @Test(arguments: ["", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "0x1", "1 ", " 1", "NaN", "1_0", "١", "1.5.2"])
  func refuses(_ text: String) { #expect(JSONNumber(text) == nil) }

  @Test(arguments: [
    ("1", "1.0"), ("100", "1e2"), ("0", "-0.0e5"), ("0.1", "1e-1"), ("-2.50", "-25e-1"), ("0e999999999999", "0"),
    ("1000000000000000000000000000000", "1e30"), ("1e99999999999999999999", "1.0e99999999999999999999"),
  ])
  func equal(_ a: String, _ b: String) throws {
    #expect(try number(a) == number(b))
    #expect(try number(a).hashValue == number(b).hashValue)
    #expect(try !(number(a) < number(b)) && !(number(b) < number(a)))
  }

  @Test(arguments: [
    ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "1e-999999999"), ("9", "10"), ("0.09", "0.1"),
    ("1.1", "1.10000000000000000001"),
    ("9007199254740992", "9007199254740993"), ("1e999999998", "1e999999999"), ("-1e999999999", "-1e999999998"),
    ("-1e-5", "1e-999999999999999999999999999"), ("99", "1e2"), ("12", "123"), ("-123", "-12"),
  ])
  func less(_ a: String, _ b: String) throws {
    #expect(try number(a) < number(b))
    #expect(try !(number(b) < number(a)))
    #expect(try number(a) != number(b))
  }

  @Test(arguments: [
    ("1", true), ("1.0", true), ("1e2", true), ("1.5e1", true), ("1.5", false), ("1e-1", false), ("10e-1", true),
    ("-0.0", true),
    ("1e999999999999999999999", true), ("1e-999999999999999999999", false),
  ])
  func isInteger(_ text: String, _ expected: Bool) throws { #expect(try number(text).isInteger == expected) }

  @Test(arguments: [
    ("9223372036854775807", Int64.max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
    ("-9223372036854775809", nil), ("1.0", 1), ("1e3", 1000), ("-1.5e1", -15), ("1.5", nil), ("1e999999999999", nil),
    ("1e-999999999999", nil), ("0e99999999999999999999", 0), ("10000000000000000000", nil),
  ])
  func int64(_ text: String, _ expected: Int64?) throws { #expect(try number(text).int64 == expected) }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ("10", "5", true), ("10", "3", false), ("0", "7", true), ("7", "0", false), ("4.35", "0.01", true),
      ("4.355", "0.01", false),
      ("0.0075", "0.0001", true), ("1e308", "0.123456789", false), ("1e1000", "1e-1000", true),
      ("1e-1000", "1e1000", false),
      ("1e999999999999999999", "3", false), ("3e999999999999999999", "3", true), ("1e999999999", "1024", true),
      ("1e9", "1099511627776", false), ("-6", "3", true), ("6", "-3", true),
      ("123456789012345678901234567890", "12345678901234567890123456789", true),
      ("123456789012345678901234567890", "12345678901234567890123456789.0", true),
      ("24691357802469135780246913578", "12345678901234567890123456789", true),
      ("1e40", "10000000000000000000000000000000000000001", false),
      ("3e50", "1152921504606846976000000000003", false), ("1e60", "1152921504606846976000000", false),
      ("1e66", "1152921504606846976000000", true),
    ])
  func isMultiple(_ text: String, _ divisor: String, _ expected: Bool) throws {
    #expect(try number(text).isMultiple(of: number(divisor)) == expected)
  }

  @Test(arguments: [
    ("1", 1, true), ("0.00e5", 0, true), ("-120.5600", 5, true), ("1e99999999999999999", 1, true),
    ("1E-00000000000000000000005", 1, true), ("7e100000000000000000", 1, false),
    ("1.5e-100000000000000000000", 2, false),
  ])
  func `tells its significant digits, and whether its exponent is known`(
    text: String, digits: Int, isKnown: Bool
  ) throws {
    #expect(try number(text).significantDigits == digits)
    #expect(try number(text).hasKnownExponent == isKnown)
  }

  @Test func longLexemesTakeLinearTime() throws {
    let long = try number(
      "1" + String(repeating: "0", count: 200_000) + "." + String(repeating: "0", count: 200_000) + "1")
    #expect(!long.isInteger)
    #expect(try !long.isMultiple(of: number("0.3")))
    #expect(long > 1)
  }
}
