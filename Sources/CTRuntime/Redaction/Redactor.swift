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

/// One thing that was redacted: by which rule or detector, and where.
public struct RedactionNote: Hashable, Sendable {
  /// `drop`, `hash`, `mask`, `pointer`, or the name of a detector.
  public var rule: String
  /// RFC 6901 pointer into the text as it was sent.
  public var pointer: String
}
