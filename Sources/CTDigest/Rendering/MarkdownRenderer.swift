extension DailyDigest {
  /// The digest as Markdown (CommonMark with the tables of GitHub's dialect), ending with a line break.
  package var markdown: String {
    var renderer = MarkdownRenderer()
    for block in DigestPage(digest: self).blocks { renderer.append(block) }
    return renderer.text
  }
}

/// Writes blocks as Markdown. What comes from outside cannot become markup.
struct MarkdownRenderer {
  private(set) var text = ""

  mutating func append(_ block: Block) {
    if !text.isEmpty { text += "\n" }
    switch block {
    case .title(let title): text += "# \(Self.escape(title))\n"
    case .heading(let title): text += "## \(Self.escape(title))\n"
    case .paragraph(let line): text += render(line) + "\n"
    case .notices(let notices):
      for notice in notices { text += "- \(notice.tone.symbol) \(render(notice.line))\n" }
    case .list(let lines):
      for line in lines { text += "- \(render(line))\n" }
    case .table(let table): append(table)
    }
  }

  private mutating func append(_ table: Table) {
    text += row(table.columns.map { Self.escape($0.title) })
    text += row(table.columns.map { $0.isNumber ? "--:" : "---" })
    for cells in table.rows { text += row(cells.map(render)) }
  }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  private func render(_ line: Line) -> String { line.map(render).joined() }

  private func render(_ piece: Inline) -> String {
    switch piece {
    case .text(let text), .faint(let text): Self.escape(text)
    case .strong(let text): "**\(Self.escape(text))**"
    case .code(let text): Self.code(text)
    case .status(let tone, let word): "\(tone.symbol) \(Self.escape(word))"
    case .change(let text, _): "(\(Self.escape(text)))"
    case .link(let text, let url): Self.link(text, url)
    }
  }

  private static func link(_ text: String, _ url: String) -> String {
    guard let url = WebAddress.checked(url) else { return escape(text) }
    // Between angle brackets nothing ends an address but the closing one (CommonMark 0.31, section 6.3).
    let address = url.map { $0 == "<" ? "%3C" : $0 == ">" ? "%3E" : $0 == "|" ? "%7C" : String($0) }.joined()
    return "[\(escape(text))](<\(address)>)"
  }

  /// A code span; a backslash escapes nothing in it (section 6.1), so what could end it or a table's cell is replaced.
  private static func code(_ text: String) -> String {
    "`" + oneLine(text).map { $0 == "`" ? "'" : $0 == "|" ? "/" : String($0) }.joined() + "`"
  }

  /// Every mark that could mean something is escaped (section 2.4), also at the start of a line.
  static func escape(_ text: String) -> String {
    let marks = Set("\\`*_[]<>|#~&!")
    return oneLine(text).map { marks.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func oneLine(_ text: String) -> String { PlainLine.of(text) }
}
