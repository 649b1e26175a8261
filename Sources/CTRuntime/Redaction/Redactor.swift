internal import CTJSON

/// What `x-ct-redact` asks for on a property.
public enum RedactionRule: String, Sendable {
  /// The member is left out.
  case drop
  /// A keyed HMAC stands in for the value, so that equal values can still be joined.
  case hash
  /// A fixed mask stands in for the value.
  case mask
  /// A reference to where the value can be found stands in for it.
  case pointer
}

/// Makes what stands in for personal data. The rules come from the spec; the keys and detectors are the deployment's.
public protocol Redactor: Sendable {
  /// The JSON that replaces a value marked `hash`, `mask` or `pointer`.
  /// - Parameter value: the value's JSON as it stands in the text.
  func replacement(for rule: RedactionRule, value: UnsafeBufferPointer<UInt8>) -> [UInt8]

  /// Looks for personal data in a string that the schemas say nothing about.
  /// - Parameters:
  ///   - name: the name of the member that holds it, empty within an array of no name.
  ///   - text: the string's content, unescaped.
  /// - Returns: the content with what was found replaced, and the detectors that found it; `nil` where it is clean.
  func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText?
}

/// A string with personal data taken out.
public struct InspectedText: Sendable {
  public var text: [UInt8]
  /// The names of the detectors, one for each place.
  public var detectors: [String]

  public init(text: [UInt8], detectors: [String]) {
    self.text = text
    self.detectors = detectors
  }
}

extension Redactor {
  /// What stands in for an identifier that itself is personal data, such as a telephone number: its hash, so that what
  /// is told apart and what belongs together stays so. `nil` for one that is clean.
  public func replacement(forIdentifier text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: text) != nil else { return nil }
    var json: [UInt8] = []
    JSONWriter.append(string: String(decoding: text, as: UTF8.self), to: &json)
    return json.withUnsafeBufferPointer { Array(replacement(for: .hash, value: $0).dropFirst().dropLast()) }
  }

  /// A text of a person's own words as it may be recorded.
  public func recordedText(_ text: String) -> String {
    var text = text
    let found = text.withUTF8 { inspect(name: UnsafeBufferPointer(start: nil, count: 0), text: $0) }
    return found.map { String(decoding: $0.text, as: UTF8.self) } ?? text
  }

  /// The identifier as events are recorded under it.
  public func recordedIdentifier(_ identifier: String) -> String {
    var identifier = identifier
    let replacement = identifier.withUTF8 { self.replacement(forIdentifier: $0) }
    return replacement.map { String(decoding: $0, as: UTF8.self) } ?? identifier
  }
}
