extension DailyDigest {
  /// The digest as plain text, for terminals and for mail programs without HTML; lines have at most 78 characters where
  /// the words allow it.
  package var plainText: String {
    var renderer = TextRenderer()
    for block in DigestPage(digest: self).blocks { renderer.append(block) }
    return renderer.text
  }

  /// One line that says how it looks, for an e-mail's subject.
  package var subject: String { DigestPage(digest: self).subject }
}

/// Writes blocks as plain text.
struct TextRenderer {
  private(set) var text = ""
  private static let width = 78

  mutating func append(_ block: Block) {
    if !text.isEmpty { text += "\n" }
    switch block {
    case .title(let title): text += underlined(title, "=")
    case .heading(let title): text += underlined(title, "-")
    case .paragraph(let line): text += Self.wrap(render(line), first: "", rest: "")
    case .notices(let notices):
      for notice in notices { text += Self.wrap(render(notice.line), first: "\(notice.tone.symbol) ", rest: "  ") }
    case .list(let lines):
      for line in lines { text += Self.wrap(render(line), first: "- ", rest: "  ") }
    case .table(let table): append(table)
    }
  }

  private func underlined(_ title: String, _ mark: String) -> String {
    let title = PlainLine.of(title)
    return "\(title)\n\(String(repeating: mark, count: title.count))\n"
  }

  private mutating func append(_ table: Table) {
    let rows = [table.columns.map { PlainLine.of($0.title) }] + table.rows.map { $0.map(render) }
    let widths = table.columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for cells in rows {
      let padded = cells.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - cells[index].count)
        return table.columns[index].isNumber ? space + cells[index] : cells[index] + space
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      text += "\(line)\n"
    }
  }

  private func render(_ line: Line) -> String {
    line.map { piece in
      switch piece {
      case .text(let text), .strong(let text), .code(let text), .faint(let text): PlainLine.of(text)
      case .status(let tone, let word): "\(tone.symbol) \(PlainLine.of(word))"
      case .change(let text, _): "(\(text))"
      case .link(let text, let url):
        WebAddress.checked(url).map { "\(PlainLine.of(text)) <\($0)>" } ?? PlainLine.of(text)
      }
    }.joined()
  }

  private static func wrap(_ text: String, first: String, rest: String) -> String {
    var lines: [String] = []
    var line = first
    for word in text.split(separator: " ") {
      let isEmpty = line.count == first.count && lines.isEmpty || line.count == rest.count && !lines.isEmpty
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = rest + word
      } else {
        line += isEmpty ? String(word) : " \(word)"
      }
    }
    return (lines + [line]).joined(separator: "\n") + "\n"
  }
}
