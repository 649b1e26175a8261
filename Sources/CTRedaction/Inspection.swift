internal import CTRuntime

/// The way of one text that is not clean at first sight.
struct Inspection {
  let redactor: StandardRedactor
  var depth = 0
  var reads: ReadCounter?

  /// For text within text: the same questions as ``StandardRedactor/inspect(name:text:)``.
  func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? {
    let hint = name.isEmpty ? nil : KeyHint(KeyName(name, redactor.labels.lexicon))
    return text.isEmpty ? nil : inspect(text, TextShape(text), hint)
  }

  func inspect(_ text: UnsafeBufferPointer<UInt8>, _ shape: TextShape, _ hint: KeyHint?) -> InspectedText? {
    let plain = ScannedText(text, reads: reads)
    if Replacement.isReplacement(plain) { return nil }
    if shape.kinds.contains(.encoded) {
      let folded = FoldedText(text)
      return folded.bytes.withUnsafeBufferPointer { bytes in
        inspect(text, ScannedText(bytes, reads: reads), TextShape(bytes), hint) { folded.source(of: $0) }
      }
    }
    return inspect(text, plain, shape, hint) { $0 }
  }

  private func inspect(
    _ source: UnsafeBufferPointer<UInt8>, _ text: ScannedText, _ shape: TextShape, _ hint: KeyHint?,
    _ place: (Range<Int>) -> Range<Int>
  ) -> InspectedText? {
    if let hint, hint.holds(for: text), let whole = text.trimmed {
      return render([Finding(detector: hint.detector, range: whole)], source, text, place)
    }
    if shape.kinds.contains(.lines) || shape.kinds.contains(.encoded), StackTraceDetector.isStackTrace(text) {
      return render([Finding(detector: .stackTrace, range: 0..<text.count)], source, text, place)
    }
    if shape.kinds.contains(.bracket), depth < StandardRedactor.deepestNesting,
      let json = EmbeddedJSON(source, inspection: self)
    {
      return json.inspected
    }
    if HarmlessShape.isHarmless(text, shape) { return nil }
    var findings = Findings()
    find(text, shape, &findings)
    return findings.isEmpty ? nil : render(findings.merged(), source, text, place)
  }

  /// Runs the detectors that the text's shape leaves possible.
  func find(_ text: ScannedText, _ shape: TextShape, _ findings: inout Findings) {
    if shape.kinds.contains(.at) { EmailDetector.scan(text, &findings) }
    if shape.kinds.contains(.assignment), shape.digits >= 2 { EmailDetector.scanQuotedPrintable(text, &findings) }
    if shape.kinds.contains(.space) || shape.kinds.contains(.bracket) { findWords(text, shape, &findings) }
    if shape.digits >= 2 {
      PostcodeDetector.scan(text, &findings)
      if !shape.kinds.isDisjoint(with: [.dot, .assignment, .hyphen]) {
        IPAddressDetector.scan(text, shape, &findings)
      }
    }
    if shape.digits >= 6 { NINumberDetector.scan(text, &findings) }
    if shape.digits >= 7 {
      PhoneDetector.scan(text, &findings)
      IBANDetector.scan(text, &findings)
      BankAccountDetector.scan(text, &findings)
    }
    if shape.digits >= 12 { PaymentCardDetector.scan(text, &findings) }
    if shape.kinds.contains(.assignment) || (shape.kinds.contains(.space) && mayFollowLabel(shape)) {
      redactor.labels.scan(text, &findings)
    }
    if shape.kinds.contains(.lines) || shape.kinds.isSuperset(of: [.bracket, .space]) {
      redactor.tables.scan(text, &findings)
    }
    if shape.longestWord >= 10, shape.kinds.contains(.hyphen) { PrivateKeyDetector.scan(text, &findings) }
    if shape.longestWord >= 12 { findTokens(text, shape, &findings) }
  }

  /// Whether a number or a dash could come after a label.
  private func mayFollowLabel(_ shape: TextShape) -> Bool { shape.digits >= 4 || shape.kinds.contains(.hyphen) }

  /// In sentences.
  private func findWords(_ text: ScannedText, _ shape: TextShape, _ findings: inout Findings) {
    SpokenNameDetector.scan(text, &findings)
    if shape.kinds.contains(.capital) { redactor.givenNames.scan(text, &findings) }
    SpokenEmailDetector.scan(text, &findings)
    if shape.digits >= 1 { SpokenPasswordDetector.scan(text, &findings) }
    if shape.kinds.isSuperset(of: [.hyphen, .assignment]) { URLCredentialsDetector.scanOptions(text, &findings) }
  }

  private func findTokens(_ text: ScannedText, _ shape: TextShape, _ findings: inout Findings) {
    TokenDetector.scan(text, &findings)
    EncodedTextDetector(inspection: self).scan(text, &findings)
    if shape.kinds.contains(.at) { URLCredentialsDetector.scan(text, &findings) }
    if shape.longestWord >= 20 { JWTDetector.scan(text, &findings) }
    if shape.longestWord >= 30 { FileBytesDetector.scan(text, &findings) }
  }

  private func render(
    _ findings: [Finding], _ source: UnsafeBufferPointer<UInt8>, _ text: ScannedText,
    _ place: (Range<Int>) -> Range<Int>
  ) -> InspectedText {
    var output: [UInt8] = []
    var position = 0
    let whole = findings.count == 1 && text.trimmed.map { findings[0].range.contains($0) } == true
    for finding in findings {
      let range = place(finding.range)
      output.append(contentsOf: source[position..<max(position, range.lowerBound)])
      redactor.hasher.append(finding, text.part(finding.range), isWhole: whole, to: &output)
      position = max(position, range.upperBound)
    }
    output.append(contentsOf: source[position...])
    return InspectedText(text: output, detectors: findings.map(\.detector.rawValue))
  }
}
