internal import CTHTTP
internal import CTJSON

/// Makes the JSON that a schema judges of the text of a parameter.
enum ParameterJSON {
  /// - Parameter decode: takes the encoding away that the place of the parameter has; `nil` where it is broken.
  static func text(
    of parts: ParameterParts, _ shape: ParameterCoding.Shape, decode: (ArraySlice<UInt8>) -> [UInt8]?
  ) -> [UInt8]? {
    var json: [UInt8] = []
    switch (parts, shape) {
    case (.scalar(let value), .scalar(let form)):
      guard append(value, form, to: &json, decode) else { return nil }
    case (.list(let elements), .array(let form)):
      json.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        guard append(element, form, to: &json, decode) else { return nil }
      }
      json.append(UInt8(ascii: "]"))
    case (.members(let members), .object(let properties)):
      json.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        guard let name = decode(member.name) else { return nil }
        JSONWriter.append(string: String(decoding: name, as: UTF8.self), to: &json)
        json.append(UInt8(ascii: ":"))
        let form = properties.first { $0.name.utf8.elementsEqual(name) }?.form ?? .string
        guard append(member.value, form, to: &json, decode) else { return nil }
      }
      json.append(UInt8(ascii: "}"))
    default: return nil
    }
    return json
  }

  private static func append(
    _ part: ArraySlice<UInt8>, _ form: ParameterReader.Form, to json: inout [UInt8],
    _ decode: (ArraySlice<UInt8>) -> [UInt8]?
  ) -> Bool {
    guard let value = decode(part) else { return false }
    // What is no number, true or false is a string to the schema, which then says that it is of the wrong type.
    if form == .literal, isLiteral(value) {
      json += value
    } else {
      JSONWriter.append(string: String(decoding: value, as: UTF8.self), to: &json)
    }
    return true
  }

  private static func isLiteral(_ value: [UInt8]) -> Bool {
    guard !value.contains(where: { $0 <= 0x20 }), let parsed = try? JSONValue(parsing: value) else { return false }
    switch parsed {
    case .number, .bool: return true
    default: return false
    }
  }
}

/// The value of a parameter as a client gives it.
public enum ParameterValue: Sendable {
  case scalar(String)
  case list([String])
  /// Members without a value are left out.
  case members([(name: String, value: String?)])
}

extension ParameterCoding.Style {
  /// What stands in a path for a parameter, percent-encoded.
  public func segment(_ name: String, _ value: ParameterValue, explode: Bool) -> String {
    let encode = { (text: String) in PercentEncoding.encode(text.utf8) }
    let parts = parts(value, explode: explode, encode)
    switch self {
    case .label: return "." + parts.joined(separator: explode ? "." : ",")
    case .matrix:
      switch value {
      case .list where explode: return parts.map { ";\(encode(name))=\($0)" }.joined()
      case .members where explode: return parts.map { ";\($0)" }.joined()
      default: return ";\(encode(name))=" + parts.joined(separator: ",")
      }
    default: return parts.joined(separator: ",")
    }
  }

  /// The names and values that a parameter is in a query, percent-encoded.
  func queries(_ name: String, _ value: ParameterValue, explode: Bool) -> [(name: String, value: String)] {
    let encode = { (text: String) in PercentEncoding.encode(text.utf8) }
    switch (self, value) {
    case (.deepObject, .members(let members)):
      return members.compactMap { member in member.value.map { (encode("\(name)[\(member.name)]"), encode($0)) } }
    case (.form, .members(let members)) where explode:
      return members.compactMap { member in member.value.map { (encode(member.name), encode($0)) } }
    case (.form, .list(let elements)) where explode: return elements.map { (encode(name), encode($0)) }
    default:
      let separator = self == .spaceDelimited ? "%20" : self == .pipeDelimited ? "%7C" : ","
      return [(encode(name), parts(value, explode: false, encode).joined(separator: separator))]
    }
  }

  /// What stands in a header.
  func field(_ value: ParameterValue, explode: Bool) -> String {
    parts(value, explode: explode) { $0 }.joined(separator: ",")
  }

  private func parts(_ value: ParameterValue, explode: Bool, _ encode: (String) -> String) -> [String] {
    switch value {
    case .scalar(let text): [encode(text)]
    case .list(let elements): elements.map(encode)
    case .members(let members):
      members.flatMap { member -> [String] in
        guard let value = member.value else { return [] }
        return explode ? ["\(encode(member.name))=\(encode(value))"] : [encode(member.name), encode(value)]
      }
    }
  }
}
