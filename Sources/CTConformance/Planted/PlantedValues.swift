internal import Glibc

/// Something personal that a run sends to see that it never comes back. None of it is anybody's.
struct PersonalDatum: Sendable, Hashable {
  /// What it is, such as `an e-mail address`.
  let kind: String
  let text: String
}

/// What was planted, in every form in which it could come back, made for looking through many responses quickly.
struct PlantedValues: Sendable {
  private struct Needle {
    let datum: PersonalDatum
    let bytes: [UInt8]
    /// Digits alone are found only where no letter or digit stands beside them.
    let needsEdges: Bool
  }

  private var needles: [Needle] = []
  /// By their first two octets.
  private var places: [UInt16: [Int]] = [:]
  /// Whether one begins with an octet: most octets of a text need no more than this.
  private var beginnings = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { needles.isEmpty }

  mutating func add(_ data: [PersonalDatum]) {
    for datum in data where !needles.contains(where: { $0.datum == datum }) {
      for form in PersonalForms.all(of: datum.text) where form.utf8.count >= 8 {
        let bytes = Array(form.utf8)
        let needsEdges = bytes.allSatisfy { 48...57 ~= $0 }
        places[Self.key(bytes[0], bytes[1]), default: []].append(needles.count)
        beginnings[Int(bytes[0])] = true
        needles.append(Needle(datum: datum, bytes: bytes, needsEdges: needsEdges))
      }
    }
  }

  /// The first one that a text holds, in whatever form.
  func first(in text: [UInt8]) -> (datum: PersonalDatum, form: String)? {
    guard !needles.isEmpty, text.count > 1 else { return nil }
    return text.withUnsafeBufferPointer { text in
      for start in 0..<text.count - 1 where beginnings[Int(text[start])] {
        guard let candidates = places[Self.key(text[start], text[start + 1])] else { continue }
        for place in candidates where Self.stands(needles[place], in: text, at: start) {
          return (needles[place].datum, String(decoding: needles[place].bytes, as: UTF8.self))
        }
      }
      return nil
    }
  }

  private static func key(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }

  private static func stands(_ needle: Needle, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    let end = start + needle.bytes.count
    guard end <= text.count, let base = text.baseAddress, memcmp(base + start, needle.bytes, needle.bytes.count) == 0
    else { return false }
    guard needle.needsEdges else { return true }
    return (start == 0 || !isAlphanumeric(text[start - 1])) && (end == text.count || !isAlphanumeric(text[end]))
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: false
    }
  }
}
