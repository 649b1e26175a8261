extension JSONValue {
  /// Reads a whole text.
  /// - Throws: ``JSONSyntaxError`` with the offset of the fault.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
    self = try JSONReader.read(bytes, limits: limits) { json throws(JSONSyntaxError) in
      let value = JSONValue(reading: &json)
      json.finish()
      if let error = json.syntaxError { throw error }
      return value
    }
  }

  /// Reads the value that comes next; `null` after a syntax error, which the reader then has.
  public init(reading json: inout JSONReader) {
    switch json.peek() {
    case .object:
      var members: [Member] = []
      json.beginObject()
      while let name = json.nextMember() {
        let key = json.string(name)
        members.append(Member(key: key, value: JSONValue(reading: &json)))
      }
      self = .object(members)
    case .array:
      var elements: [JSONValue] = []
      json.beginArray()
      while json.nextElement() { elements.append(JSONValue(reading: &json)) }
      self = .array(elements)
    case .string: self = json.readString().map { .string(json.string($0)) } ?? .null
    case .number:
      self = json.readNumber().map { .number(JSONNumber(checkedLexeme: json.source($0.range))) } ?? .null
    case .boolean: self = json.readBoolean().map { .bool($0) } ?? .null
    case .null:
      json.readNull()
      self = .null
    case nil: self = .null
    }
  }
}
