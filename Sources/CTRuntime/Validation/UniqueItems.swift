public import CTJSON

/// The elements of an array with `uniqueItems`, equal as JSON Schema defines it (core, section 4.2.2).
public struct UniqueItems {
  private var seen: Set<JSONValue> = []

  public init() {}

  mutating func insert(_ value: JSONValue) -> Bool { seen.insert(value).inserted }
}

extension ValidationContext {
  /// Notes an element that was there before.
  public mutating func check(
    _ items: inout UniqueItems, _ range: Range<Int>, at: Int, _ json: inout JSONReader
  ) {
    guard let value = try? JSONValue(parsing: Array(json.source(range))) else { return }
    if !items.insert(value) { fail("uniqueItems", at: at, "is the same as an earlier element") }
  }
}
