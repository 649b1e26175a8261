internal import Glibc

/// A string that is compared by its bytes, as names in JSON are. `String` compares by canonical equivalence, so that
/// two names that are different JSON members could be taken for one.
package struct ExactString: Hashable, Comparable, Sendable {
  package let string: String

  package init(_ string: String) { self.string = string }

  /// Every look-up of a schema ends here, so that it is one call for all bytes and not one for each.
  package static func == (a: Self, b: Self) -> Bool {
    let isSame = a.string.utf8.withContiguousStorageIfAvailable { a in
      b.string.utf8.withContiguousStorageIfAvailable { b in
        guard a.count == b.count else { return false }
        guard let first = a.baseAddress, let second = b.baseAddress else { return a.isEmpty }
        return memcmp(first, second, a.count) == 0
      }
    }
    return (isSame ?? nil) ?? a.string.utf8.elementsEqual(b.string.utf8)
  }

  package static func < (a: Self, b: Self) -> Bool { a.string.utf8.lexicographicallyPrecedes(b.string.utf8) }

  package func hash(into hasher: inout Hasher) {
    var copy = string
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
