import CTJSON
import Testing

@testable import CTDigest

@Suite struct RenderingTests {
  @Test(arguments: Sample.allCases)
  func `what is written as JSON is read back the same`(_ sample: Sample) throws {
    #expect(try DailyDigest(json: sample.digest.json) == sample.digest)
  }

  /// Tags are what the renderer itself writes, and nothing else.
  @Test func `no value becomes markup in HTML`() {
    let known: Set<String> = [
      "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "span",
      "strong",
      "small", "code", "a", "div", "table", "thead", "tbody", "tr", "th", "td",
    ]
    let html = DailyDigest.hostile.html
    for part in html.split(separator: "<").dropFirst() {
      let name = part.drop { $0 == "/" }.prefix { $0 != " " && $0 != ">" && $0 != "\n" }
      #expect(known.contains(String(name)), "a tag \(name)")
    }
    #expect(!html.contains("javascript:alert"))
    #expect(!html.contains("href=\"javascript"))
    #expect(!html.contains("\u{202E}"))
    #expect(!html.contains("<script"))
  }

  @Test func `nothing on the page comes from elsewhere`() {
    for sample in Sample.allCases {
      let html = sample.digest.html
      for name in ["<link", "<img", "<script", "<iframe", "url(", "@import", " src="] where sample != .hostile {
        #expect(!html.contains(name))
      }
    }
  }

  @Test func `no value becomes markup in Markdown`() {
    let markdown = DailyDigest.hostile.markdown
    let bare = Self.bare(markdown)
    for markup in ["<img", "[a]", "](javascript", "**d"] { #expect(!bare.contains(markup), "\(markup)") }
    #expect(!markdown.contains("\n# f"))
    // Every row of a table has the cells of its head.
    var columns = 0
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      let bars = Self.unescapedBars(line)
      if columns == 0 { columns = bars }
      #expect(bars == columns, "\(line)")
    }
  }

  /// What a reader of Markdown takes for more than text: without escaped characters, without code spans.
  private static func bare(_ markdown: String) -> String {
    var text = ""
    var isCode = false
    var characters = markdown.makeIterator()
    while let character = characters.next() {
      if character == "\\", !isCode {
        _ = characters.next()
      } else if character == "`" {
        isCode.toggle()
      } else if !isCode {
        text.append(character)
      }
    }
    return text
  }

  private static func unescapedBars(_ line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }

  @Test func `a link in Markdown ends where its address ends`() {
    #expect(DailyDigest.hostile.markdown.contains("(<https://example.com/a)(b%3E\"%7Cc>)"))
  }

  @Test(arguments: Sample.allCases)
  func `plain text keeps to its width, tables apart`(_ sample: Sample) {
    guard sample != .hostile else { return }
    for line in sample.digest.plainText.split(separator: "\n") where line.hasPrefix("- ") || line.hasPrefix("✖ ") {
      #expect(line.count <= 78, "\(line)")
    }
  }

  @Test func `without payloads nothing of them is said anywhere`() throws {
    let digest = Sample.badDay.digest.withoutPayloads
    let texts = [digest.markdown, digest.html, digest.plainText, String(decoding: try digest.json, as: UTF8.self)]
    for text in texts {
      for secret in ["INV-2025", "swan-portal", "timesheetParse", "1234.56", "1,234.56", "GBP"] {
        #expect(!text.contains(secret), "\(secret)")
      }
    }
  }

  @Test func `the worst comes first`() throws {
    let lines = Sample.badDay.digest.markdown.split(separator: "\n")
    let attention = lines.drop { $0 != "## Needs attention" }.dropFirst().prefix { $0.hasPrefix("- ") }
    let marks = attention.map { $0.dropFirst(2).first! }
    let order: [Character] = ["✖", "▲", "○"]
    #expect(marks == marks.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
    #expect(marks.first == "✖" && marks.last == "○")
  }

  @Test func `a missed objective is at the top where no system is as bad`() {
    var digest = DailyDigest.quietDay
    let notice = "**Event intake latency (p95)** is"
    digest.objectives[0].status = .amber
    #expect(digest.markdown.contains("- ▲ \(notice) amber"))
    digest.systems[0].status = .amber
    #expect(!digest.markdown.contains(notice))
    digest.objectives[0].status = .red
    #expect(digest.markdown.contains("- ✖ \(notice) red"))
  }

  @Test func `what only informs needs no attention`() {
    var digest = DailyDigest.quietDay
    let since = time("2025-09-26T03:00:00Z")
    digest.alerts.open = [.init(rule: "certificate", severity: .info, summary: "It is new", since: since)]
    #expect(digest.subject == "green, nothing needs attention")
    #expect(digest.markdown.contains("- ○ info **certificate**: It is new. Since Fri 26 Sep, 04:00."))
  }

  @Test func `of many alerts the first are at the top, and the others below`() {
    var digest = DailyDigest.quietDay
    digest.alerts.open = (1...7).map {
      .init(rule: "rule-\($0)", severity: .warning, summary: "Number \($0).", since: time("2025-09-26T03:00:00Z"))
    }
    #expect(digest.subject == "green, 5 matters need attention")
    #expect(digest.markdown.contains("- 5 alerts open, see above.\n- ▲ warning **rule-6**: Number 6."))
  }

  @Test func `a digest that was made late says so`() {
    var digest = DailyDigest.quietDay
    #expect(!digest.markdown.contains("Made late"))
    digest.generatedAt = time("2025-09-26T10:12:00Z")
    #expect(digest.markdown.contains("**Made late**, on Fri 26 Sep, 11:12."))
  }

  @Test func `silence of GitHub is no good news`() {
    var digest = DailyDigest.quietDay
    #expect(digest.markdown.contains("no failed workflow on a protected branch in 7 days."))
    digest.ci?.githubLastHeartbeat = time("2025-09-10T12:00:00Z")
    #expect(digest.markdown.contains("GitHub has not been heard since Wed 10 Sep, 13:00."))
  }

  @Test func `without runs there is no success rate`() {
    var digest = DailyDigest.quietDay
    digest.runs.finished7d = Figure(0)
    digest.runs.finished = Figure(0)
    #expect(digest.markdown.contains("**Runs**: none in 7 days."))
    digest.runs.cancelled7d = Figure(2)
    #expect(digest.markdown.contains("insufficient data"))
    #expect(!digest.markdown.contains("%** of 0"))
  }
}
