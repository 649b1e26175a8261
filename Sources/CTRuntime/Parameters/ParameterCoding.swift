/// How an array or an object stands in the text of a parameter: OpenAPI 3.1, section 4.8.12, and RFC 6570 behind it.
public struct ParameterCoding: Sendable {
  public enum Style: Sendable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject
  }

  /// What the text is to its schema.
  public enum Shape: Sendable {
    case scalar(ParameterReader.Form)
    case array(ParameterReader.Form)
    /// The properties in the order of the schema.
    case object([(name: String, form: ParameterReader.Form)])
  }

  let style: Style
  let isExploded: Bool
  let shape: Shape

  public init(_ style: Style, explode: Bool, _ shape: Shape) {
    self.style = style
    isExploded = explode
    self.shape = shape
  }

  /// What separates the parts, where they are not parameters of their own.
  private var separator: UInt8 {
    switch style {
    case .simple, .form, .deepObject: UInt8(ascii: ",")
    case .label: isExploded ? UInt8(ascii: ".") : UInt8(ascii: ",")
    case .matrix: isExploded ? UInt8(ascii: ";") : UInt8(ascii: ",")
    case .spaceDelimited: UInt8(ascii: " ")
    case .pipeDelimited: UInt8(ascii: "|")
    }
  }
}

/// The parts of a parameter, not yet percent-decoded.
enum ParameterParts {
  case scalar(ArraySlice<UInt8>)
  case list([ArraySlice<UInt8>])
  case members([(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)])
}

// MARK: - Taking apart

extension ParameterCoding {
  /// The parts of a text; `nil` where it is not written in this style.
  func parts(of text: ArraySlice<UInt8>, name: String) -> ParameterParts? {
    guard let content = withoutPrefix(text, name) else { return nil }
    switch shape {
    case .scalar: return .scalar(content)
    case .array:
      let elements = split(content)
      guard style == .matrix, isExploded else { return .list(elements) }
      let values = elements.map { Self.member($0) }
      guard values.allSatisfy({ $0.map { $0.name.elementsEqual(name.utf8) } ?? false }) else { return nil }
      return .list(values.compactMap { $0?.value })
    case .object:
      let elements = split(content)
      if isExploded {
        let members = elements.map { Self.member($0) }
        return members.contains { $0 == nil } ? nil : .members(members.compactMap { $0 })
      }
      guard elements.count % 2 == 0 else { return nil }
      return .members(
        stride(from: 0, to: elements.count, by: 2).map { (name: elements[$0], value: elements[$0 + 1]) })
    }
  }

  /// What comes after `.` of a label, or after `;name=` of a matrix parameter.
  private func withoutPrefix(_ text: ArraySlice<UInt8>, _ name: String) -> ArraySlice<UInt8>? {
    switch style {
    case .label: return text.first == UInt8(ascii: ".") ? text.dropFirst() : nil
    case .matrix:
      guard text.first == UInt8(ascii: ";") else { return nil }
      if isExploded, !isScalar { return text.dropFirst() }
      let prefix = Array(";\(name)=".utf8)
      return text.starts(with: prefix) ? text.dropFirst(prefix.count) : nil
    default: return text
    }
  }

  private var isScalar: Bool { if case .scalar = shape { true } else { false } }

  private func split(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    if text.isEmpty { return [] }
    switch style {
    case .spaceDelimited, .pipeDelimited: return Self.split(text, at: separator)
    default: return text.split(separator: separator, omittingEmptySubsequences: false)
    }
  }

  /// Splits at a character that has to be percent-encoded in a query, and may be a `+` where it is a space.
  private static func split(_ text: ArraySlice<UInt8>, at separator: UInt8) -> [ArraySlice<UInt8>] {
    let encoded = PercentEncodedByte(separator)
    var parts: [ArraySlice<UInt8>] = []
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      var length = 0
      if text[index] == separator || (separator == 0x20 && text[index] == UInt8(ascii: "+")) {
        length = 1
      } else if encoded.stands(in: text, at: index) {
        length = 3
      }
      if length == 0 {
        index += 1
      } else {
        parts.append(text[start..<index])
        index += length
        start = index
      }
    }
    return parts + [text[start...]]
  }

  private static func member(_ text: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (text[..<equals], text[(equals + 1)...])
  }
}

/// `%XX` of one byte, in either case.
private struct PercentEncodedByte {
  let digits: [UInt8]

  init(_ byte: UInt8) {
    let hexadecimal = String(byte, radix: 16)
    digits = Array((hexadecimal.count < 2 ? "0" + hexadecimal : hexadecimal).utf8)
  }

  func stands(in text: ArraySlice<UInt8>, at index: Int) -> Bool {
    guard text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex else { return false }
    return zip(text[(index + 1)...(index + 2)], digits).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
  }
}
