/// The name of an artifact: segments with slashes between them, such as `exports/2025-09-27/events.jsonl.gz`.
///
/// A segment has 1 to 128 of the characters `A-Z a-z 0-9 . _ -` and does not begin with a dot, a name has at most 8
/// segments: so no name leads out of a directory, needs quoting in a shell, or means something else in a URL.
package struct ArtifactName: Hashable, Sendable {
  package let text: String

  package static let maximumSegments = 8
  private static let maximumSegmentBytes = 128

  /// `nil` for what is no name.
  package init?(_ text: String) {
    let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard segments.count <= Self.maximumSegments, segments.allSatisfy(Self.isSegment) else { return nil }
    self.text = text
  }

  /// The segments in order; never empty.
  package var segments: [String] { text.split(separator: "/").map(String.init) }

  private static func isSegment(_ segment: Substring.UTF8View) -> Bool {
    guard let first = segment.first, first != UInt8(ascii: "."), segment.count <= maximumSegmentBytes else {
      return false
    }
    return segment.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}

extension ArtifactName: Comparable {
  /// By bytes, as lists are ordered.
  package static func < (a: Self, b: Self) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }
}

extension ArtifactName: CustomStringConvertible {
  package var description: String { text }
}
