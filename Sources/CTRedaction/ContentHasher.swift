internal import CTCrypto

/// Makes what stands in for content: keyed hashes, references and marks.
///
/// | rule | stands in | why |
/// |---|---|---|
/// | hash | `hmac:<32 hexadecimal digits>` | 128 bits of HMAC-SHA-256: no collisions, and short in a log |
/// | pointer | `redacted:<bytes>:<32 hexadecimal digits>` | finds the original again, and says how large it is |
/// | mask | `***` | nothing of the value: its last digits would tell a few dozen people apart |
struct ContentHasher: Sendable {
  let key: HMACKey

  /// The hash of what the content means: an e-mail address in whatever case, an IBAN however parted (``CanonicalForm``).
  func appendHash(_ content: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    output.append(contentsOf: "hmac:".utf8)
    CanonicalForm.of(content).withUnsafeBytes { appendTag($0, to: &output) }
  }

  /// A reference to content that is kept elsewhere, if anywhere.
  func appendPointer(_ content: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    output.append(contentsOf: "redacted:\(content.count):".utf8)
    appendTag(UnsafeRawBufferPointer(content), to: &output)
  }

  /// What stands in for a finding: by itself if it is all of the text, else in brackets.
  func append(_ finding: Finding, _ content: UnsafeBufferPointer<UInt8>, isWhole: Bool, to output: inout [UInt8]) {
    let detector = finding.detector
    switch detector.rendering {
    // What several detectors found is nobody's address alone: its hash would join with nothing.
    case .hash where !finding.isExact, .mark: output.append(contentsOf: "[\(detector.rawValue)]".utf8)
    case .hash:
      if !isWhole { output.append(contentsOf: "[\(detector.rawValue) ".utf8) }
      appendHash(content, to: &output)
      if !isWhole { output.append(.ascii("]")) }
    case .pointer:
      if !isWhole { output.append(contentsOf: "[\(detector.rawValue) ".utf8) }
      appendPointer(content, to: &output)
      if !isWhole { output.append(.ascii("]")) }
    }
  }

  private func appendTag(_ content: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    key.tag(content).appendHex(of: 16, to: &output)
  }
}
