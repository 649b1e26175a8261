extension DailyDigest {
  /// The digest as one HTML page without scripts or anything from elsewhere, for browsers and as an e-mail.
  package var html: String {
    let page = DigestPage(digest: self)
    var renderer = HTMLRenderer()
    for block in page.blocks { renderer.append(block) }
    return """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(HTMLRenderer.escape(page.title))</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      \(renderer.text)</main>
      </body>
      </html>

      """
  }
}

/// Writes blocks as HTML. What comes from outside cannot become markup.
struct HTMLRenderer {
  private(set) var text = ""

  mutating func append(_ block: Block) {
    switch block {
    case .title(let title): text += "<h1>\(Self.escape(title))</h1>\n"
    case .heading(let title): text += "<h2>\(Self.escape(title))</h2>\n"
    case .paragraph(let line): text += "<p>\(render(line))</p>\n"
    case .notices(let notices): append(notices)
    case .list(let lines):
      text += "<ul>\n"
      for line in lines { text += "<li>\(render(line))</li>\n" }
      text += "</ul>\n"
    case .table(let table): append(table)
    }
  }

  private mutating func append(_ notices: [Notice]) {
    text += "<ul class=\"notices\">\n"
    for notice in notices {
      let mark = "<span class=\"mark\">\(notice.tone.symbol)</span>"
      text += "<li class=\"\(notice.tone.rawValue)\">\(mark)<span>\(render(notice.line))</span></li>\n"
    }
    text += "</ul>\n"
  }

  private mutating func append(_ table: Table) {
    func cells(_ name: String, _ contents: [String]) -> String {
      zip(table.columns, contents).map { column, content in
        "<\(name)\(column.isNumber ? " class=\"number\"" : "")>\(content)</\(name)>"
      }.joined()
    }
    text +=
      "<div class=\"scroll\"><table>\n<thead><tr>\(cells("th", table.columns.map { Self.escape($0.title) }))</tr></thead>\n"
    text += "<tbody>\n"
    for row in table.rows { text += "<tr>\(cells("td", row.map(render)))</tr>\n" }
    text += "</tbody>\n</table></div>\n"
  }

  private func render(_ line: Line) -> String { line.map(render).joined() }

  private func render(_ piece: Inline) -> String {
    switch piece {
    case .text(let text): return Self.escape(text)
    case .strong(let text): return "<strong>\(Self.escape(text))</strong>"
    case .code(let text): return "<code>\(Self.escape(text))</code>"
    case .faint(let text): return "<small>\(Self.escape(text))</small>"
    case .status(let tone, let word):
      return "<span class=\"status \(tone.rawValue)\">\(tone.symbol)&nbsp;\(Self.escape(word))</span>"
    case .change(let text, let tone):
      return "<span class=\"change\(tone.map { " \($0.rawValue)" } ?? "")\">\(Self.escape(text))</span>"
    case .link(let text, let url):
      guard let url = WebAddress.checked(url) else { return Self.escape(text) }
      return "<a href=\"\(Self.escape(url))\" rel=\"noreferrer\">\(Self.escape(text))</a>"
    }
  }

  static func escape(_ text: String) -> String {
    var result = ""
    for character in PlainLine.of(text).unicodeScalars {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
