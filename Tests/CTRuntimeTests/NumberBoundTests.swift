import CTJSON
import Testing

@testable import CTRuntime

/// Bounds are exact, by whichever way they are compared.
@Suite struct NumberBoundTests {
  @Test(
    arguments: [
      ("0", "0.000001"), ("-0.000001", "0"), ("999999999.99", "1e9"), ("1234.56", "1234.560001"),
      ("1234.56", "1234.5600001"), ("0.1", "0.2"), ("-5", "-4.999999"), ("999999999999", "1000000000000"),
      ("999999999999.999999", "1000000000000.0"), ("9223372036854775807", "9223372036854775808"),
      ("99999999999999999998", "99999999999999999999"), ("-99999999999999999999", "-99999999999999999998"),
      ("0.99999999999999999999", "1"), ("-1e400", "-1e399"), ("1e-7", "0.0000002"), ("10", "1e2"),
    ] as [(StaticString, StaticString)])
  func smallerThan(smaller: StaticString, larger: StaticString) {
    #expect(relation(of: smaller, to: larger) == "above", "the bound \(larger) is above \(smaller)")
    #expect(relation(of: larger, to: smaller) == "below", "the bound \(smaller) is below \(larger)")
    #expect(relation(of: smaller, to: smaller) == "equal")
  }

  @Test(
    arguments: [("1.50", "1.5"), ("100", "1e2"), ("-0", "0.0"), ("0.000000", "0"), ("1e0", "1.000000000000")]
      as [(StaticString, StaticString)])
  func equal(one: StaticString, other: StaticString) { #expect(relation(of: one, to: other) == "equal") }

  /// Where the bound stands, seen from the number.
  private func relation(of number: StaticString, to bound: StaticString) -> String {
    let bound = NumberBound(stringLiteral: bound)
    return JSONReader.read(Array("\(number)".utf8)) { json in
      guard let token = json.readNumber() else { return "no number" }
      return bound.isAbove(token, &json) ? "above" : bound.isBelow(token, &json) ? "below" : "equal"
    }
  }
}
