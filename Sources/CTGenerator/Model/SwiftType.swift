internal import CTSpec

/// The Swift type that a schema's values have.
indirect enum SwiftType: Hashable, Sendable {
  case string, int, number, bool, timestamp
  /// JSON that is kept as its bytes: what the schema leaves open.
  case raw
  /// A string `enum`, a struct or a union that is generated.
  case named(String)
  case array(SwiftType)
  /// A value that may be `null`.
  case nullable(SwiftType)

  /// Whether values, or the elements of an array, are written as the JSON that they were made from.
  var isKeptAsJSON: Bool {
    switch self {
    case .raw: true
    case .array(let type), .nullable(let type): type.isKeptAsJSON
    case .string, .int, .number, .bool, .timestamp, .named: false
    }
  }

  var source: String {
    switch self {
    case .string: "String"
    case .int: "Int"
    case .number: "JSONNumber"
    case .bool: "Bool"
    case .timestamp: "Timestamp"
    case .raw: "RawJSON"
    case .named(let name): name
    case .array(let element): "[\(element.source)]"
    case .nullable(let value): "Nullable<\(value.source)>"
    }
  }
}
