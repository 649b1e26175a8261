/// Suggests what was probably meant.
package enum EditDistance {
  /// `did you mean 'x'?` with the nearest of some names, or `nil` if none is near: at most one edit for three letters.
  ///
  /// An edit inserts, removes or replaces a letter or swaps two neighbours; letter case does not count. Names that begin
  /// with the whole text (`int`, `integer`) count as near too.
  package static func suggestion(for text: String, among names: some Sequence<String>) -> String? {
    nearest(to: text, among: names).map { "did you mean '\($0)'?" }
  }

  package static func nearest(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.lowercased().utf8)
    guard 1...64 ~= wanted.count else { return nil }
    var best: (distance: Int, name: String)?
    for name in names {
      let candidate = Array(name.lowercased().utf8)
      guard candidate.count <= 64 else { continue }
      let limit = min(max(wanted.count, candidate.count) / 3, 3)
      // Each edit changes the length by one at most.
      let isFar = abs(wanted.count - candidate.count) > limit
      var distance = isFar ? limit + 1 : between(wanted, candidate)
      if distance > limit, wanted.count >= 3, candidate.starts(with: wanted) {
        distance = limit + 1
      } else if distance > limit {
        continue
      }
      if distance < best?.distance ?? .max { best = (distance, name) }
    }
    return best?.name
  }

  /// The optimal string alignment distance.
  static func between(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
