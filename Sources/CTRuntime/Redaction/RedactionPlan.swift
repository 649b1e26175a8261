internal import CTJSON

/// The edits that take personal data out of a text, gathered while it is read, carried out once it is known to be valid.
struct RedactionPlan: Sendable {
  struct Edit: Sendable {
    var range: Range<Int>
    /// `nil` removes the member that the range covers, with its comma.
    var replacement: [UInt8]?
    /// The rule, or the detectors: one for each thing that was found.
    var rules: [String]
    /// Where the value starts, to find its pointer.
    var valueOffset: Int
  }

  let redactor: any Redactor
  var edits: [Edit] = []

  init(redactor: any Redactor) {
    self.redactor = redactor
    // Enough for most texts.
    edits.reserveCapacity(4)
  }

  /// One part of the text with all edits in it carried out. Overlapping edits: the first and outermost counts.
  func apply(to source: UnsafeBufferPointer<UInt8>, within part: Range<Int>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(part.count + 32)
    var position = part.lowerBound
    for edit in ordered(within: part) {
      output.append(contentsOf: source[position..<edit.range.lowerBound])
      position = edit.range.upperBound
      if let replacement = edit.replacement {
        output.append(contentsOf: replacement)
      } else {
        position = Self.removeComma(&output, source, position)
      }
    }
    output.append(contentsOf: source[position..<part.upperBound])
    return output
  }

  /// What was redacted, and where.
  func notes(on source: UnsafeBufferPointer<UInt8>) -> [RedactionNote] {
    if edits.isEmpty { return [] }
    return RedactionPlaces(ordered(within: source.indices), in: source).report.notes
  }

  /// The edits in the text's order, without those that lie within others.
  private func ordered(within part: Range<Int>) -> [Edit] {
    if isOrdered(within: part) { return edits }
    let sorted = edits.filter { part.contains($0.range.lowerBound) }.sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
    var end = part.lowerBound
    return sorted.filter { edit in
      defer { end = max(end, edit.range.upperBound) }
      return edit.range.lowerBound >= end
    }
  }

  /// Whether all edits lie in the part, one behind the other: nearly always.
  private func isOrdered(within part: Range<Int>) -> Bool {
    var end = part.lowerBound
    for edit in edits {
      guard edit.range.lowerBound >= end, edit.range.upperBound <= part.upperBound else { return false }
      end = edit.range.upperBound
    }
    return true
  }

  /// Takes away the comma before a removed member or, where it was the first, the one after it.
  private static func removeComma(
    _ output: inout [UInt8], _ source: UnsafeBufferPointer<UInt8>, _ end: Int
  ) -> Int {
    while let last = output.last, isWhitespace(last) { output.removeLast() }
    if output.last == UInt8(ascii: ",") {
      output.removeLast()
      return end
    }
    var next = end
    while next < source.count, isWhitespace(source[next]) { next += 1 }
    return next < source.count && source[next] == UInt8(ascii: ",") ? next + 1 : end
  }

  private static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
