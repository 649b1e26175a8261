internal import CTHTTP

/// The next page's address in a `Link` field (RFC 8288, section 3).
enum NextPage {
  /// The target whose relation is `next`; nil when there is none.
  static func target(in field: String) -> String? {
    for link in split(field) {
      guard let open = link.firstIndex(of: "<"), let close = link[open...].firstIndex(of: ">") else { continue }
      let parameters = link[link.index(after: close)...].split(separator: ";")
      let isNext = parameters.contains { parameter in
        let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
        return parts.count == 2 && parts[0].lowercased() == "rel" && parts[1].lowercased() == "next"
      }
      if isNext { return String(link[link.index(after: open)..<close]) }
    }
    return nil
  }

  /// At commas outside of `<…>` and quotation marks.
  private static func split(_ field: String) -> [Substring] {
    var links: [Substring] = []
    var start = field.startIndex
    var inTarget = false
    var inQuotes = false
    for index in field.indices {
      switch field[index] {
      case "<" where !inQuotes: inTarget = true
      case ">" where !inQuotes: inTarget = false
      case "\"" where !inTarget: inQuotes.toggle()
      case "," where !inTarget && !inQuotes:
        links.append(field[start..<index])
        start = field.index(after: index)
      default: break
      }
    }
    return links + [field[start...]]
  }
}

extension Deployment {
  /// What goes into ``Probe/target`` to follow a link: nil when it leads elsewhere.
  func target(ofLink link: String) -> String? {
    var target = link
    if link.contains("://") {
      guard let parts = URLParts(link), parts.origin == url.origin else { return nil }
      target = parts.target
    }
    let base = text.dropFirst("\(url.origin)".count)
    if !base.isEmpty, target.hasPrefix(base + "/") { target = String(target.dropFirst(base.count)) }
    return target.hasPrefix("/") ? target : nil
  }
}
