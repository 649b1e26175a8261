public import CTJSON

/// A type that generated code reads from JSON, checking it against its schema in the same pass.
public protocol JSONDecodable: Sendable {
  /// Reads the value that comes next. `nil` where it could not be made; the context then says why.
  static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> Self?
}

/// A type that writes itself as JSON.
public protocol JSONEncodable: Sendable {
  func encode(to output: inout JSONOutput)
}

extension JSONDecodable {
  /// Reads a whole text.
  /// - Throws: what is wrong with it: its syntax, or every violation of the schema.
  @inlinable public init(json bytes: [UInt8]) throws(JSONDecodingFault) {
    self = try JSONReader.read(bytes) { json throws(JSONDecodingFault) in
      var context = ValidationContext()
      let value = Self.decode(&json, &context)
      try context.finish(&json)
      guard let value else { preconditionFailure("\(Self.self) was neither made nor refused") }
      return value
    }
  }
}

extension JSONEncodable {
  /// The value as a JSON text, as far as the audience may read it.
  public func json(for audience: Audience = .everyone) -> [UInt8] {
    var output = JSONOutput(audience: audience)
    encode(to: &output)
    return output.finish()
  }
}

/// JSON that is passed on as the bytes it came as: what the schema leaves open.
public struct RawJSON: JSONEncodable, JSONDecodable, Hashable {
  public let bytes: [UInt8]

  /// - Parameter checked: a JSON text that has been read before.
  public init(checked bytes: [UInt8]) { self.bytes = bytes }

  /// The range of the text that was just read.
  public init(_ range: Range<Int>, of json: borrowing JSONReader) { bytes = Array(json.source(range)) }

  public func encode(to output: inout JSONOutput) { output.raw(bytes) }

  public static func decode(_ json: inout JSONReader, _ context: inout ValidationContext) -> RawJSON? {
    guard json.peek() != nil else { return nil }
    let start = json.offset
    json.skipValue()
    return RawJSON(start..<json.offset, of: json)
  }
}

extension String: JSONEncodable {
  public func encode(to output: inout JSONOutput) { output.string(self) }
}

extension Int: JSONEncodable {
  public func encode(to output: inout JSONOutput) { output.raw(String(self).utf8) }
}

extension Bool: JSONEncodable {
  public func encode(to output: inout JSONOutput) { output.raw((self ? "true" : "false").utf8) }
}

extension JSONNumber: JSONEncodable {
  public func encode(to output: inout JSONOutput) { output.raw(lexeme.utf8) }
}

extension Timestamp: JSONEncodable {
  public func encode(to output: inout JSONOutput) { output.string(description) }
}

extension Array: JSONEncodable where Element: JSONEncodable {
  public func encode(to output: inout JSONOutput) {
    output.beginArray()
    for element in self { element.encode(to: &output) }
    output.endArray()
  }
}

/// A value that may be `null`, which is not the same as left out.
public enum Nullable<Value: Sendable>: Sendable {
  case null
  case value(Value)
}

extension Nullable: Equatable where Value: Equatable {}
extension Nullable: Hashable where Value: Hashable {}

extension Nullable: JSONEncodable where Value: JSONEncodable {
  public func encode(to output: inout JSONOutput) {
    switch self {
    case .null: output.null()
    case .value(let value): value.encode(to: &output)
    }
  }
}
