internal import CTHTTP
internal import CTSpec

extension TinyTower {
  /// The media type of the answer that `Accept` likes best (RFC 9110, section 12.5.1); nil for an answer without a body.
  func negotiated(_ head: HTTPRequestHead, _ operation: Operation) throws(Refusal) -> MediaType? {
    let success = operation.responses.first { if case .code(200..<300) = $0.status { true } else { false } }
    let offered = success?.content ?? []
    guard let first = offered.first else { return nil }
    let refuses = operation.responses.contains { $0.status == .code(406) }
    guard refuses || offered.count > 1, !has(.acceptIsIgnored), let field = head.value(of: "accept") else {
      return first
    }
    let ranges = String(decoding: field, as: UTF8.self).lowercased().split(separator: ",").map { MediaRange($0) }
    let allowed = has(.mediaRangesAreRefused) ? ranges.filter { !$0.name.contains("*") } : ranges
    var best: (type: MediaType, quality: Double)?
    for type in offered {
      let fitting = allowed.filter { $0.fits(type.name) }.max { $0.precision < $1.precision }
      let quality = fitting.map { has(.qualityIsIgnored) && $0.quality > 0 ? 1 : $0.quality } ?? 0
      if quality > best?.quality ?? 0 { best = (type, quality) }
    }
    if best == nil, refuses { throw Refusal(406, "This is not answered in what Accept takes.") }
    return best?.type ?? first
  }
}

/// One element of an `Accept` field, in lower case.
private struct MediaRange {
  let name: String
  let quality: Double

  init(_ text: Substring) {
    let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
    name = parts.first ?? ""
    quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
  }

  /// How much of a type it names.
  var precision: Int { name == "*/*" ? 0 : name.hasSuffix("/*") ? 1 : 2 }

  func fits(_ type: String) -> Bool {
    let type = type.prefix { $0 != ";" }
    return name == "*/*" || name == type || name.hasSuffix("/*") && type.hasPrefix(name.dropLast())
  }
}
