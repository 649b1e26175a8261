internal import CTJSON

/// The formats that generated code asserts (JSON Schema Validation, section 7.3). `date-time` has a function of its own,
/// which gives the value too.
public enum StringFormat: String, Sendable {
  case date, time, duration, email, hostname, ipv4, ipv6, regex, uri, uuid
  case jsonPointer = "json-pointer"
  case uriReference = "uri-reference"

  /// Whether the text has the format.
  func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool { StringFormats.holds(rawValue, Array(text)) }
}
