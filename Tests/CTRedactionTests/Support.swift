import CTCrypto
import CTRuntime
import Testing

@testable import CTRedaction

let redactor = StandardRedactor(key: HMACKey(Array("a key for tests".utf8)))

/// What the redactor makes of a member of this name with this text; `nil` where it is clean.
func inspect(_ text: String, name: String = "") -> (text: String, detectors: [String])? {
  Array(name.utf8).withUnsafeBufferPointer { name in
    Array(text.utf8).withUnsafeBufferPointer { text in
      redactor.inspect(name: name, text: text).map { (String(decoding: $0.text, as: UTF8.self), $0.detectors) }
    }
  }
}

/// What stands in for a value of JSON.
func replacement(_ rule: RedactionRule, _ json: String) -> String {
  Array(json.utf8).withUnsafeBufferPointer {
    String(decoding: redactor.replacement(for: rule, value: $0), as: UTF8.self)
  }
}

/// A text, and what detectors are to find in it.
struct Case: CustomTestStringConvertible, Sendable {
  var text: String
  var name = ""
  var found: [String]

  init(_ text: String, name: String = "", _ found: String...) {
    self.text = text
    self.name = name
    self.found = found
  }

  var testDescription: String { name.isEmpty ? text : "\(name): \(text)" }
}
