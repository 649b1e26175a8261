import Testing

@testable import CTRuntime

/// What `Accept` chooses (RFC 9110, section 12.5.1), of JSON, Markdown and HTML in this order.
@Suite struct AcceptFieldTests {
  private static let available = ["application/json", "text/markdown", "text/html"]

  private func choice(_ lines: [String]) -> Int? {
    AcceptField.choice(among: Self.available, for: lines.map { Array($0.utf8)[...] })
  }

  @Test(
    arguments: [
      // Nothing said, or all the same: what the spec has first.
      ("", 0), ("*/*", 0), ("application/*, text/*", 0), ("text/html, text/markdown, application/json", 0),
      // The highest weight.
      ("text/html, application/json;q=0.9", 2), ("text/html;q=0.8, text/markdown;q=0.81", 1),
      ("text/html;q=0.001, application/json;q=0", 2), ("text/markdown;q=1.000, */*;q=0.999", 1),
      // The most precise range has the say on each type.
      ("text/*;q=0.3, text/html;q=0.7, */*;q=0.1", 2), ("*/*, application/json;q=0", 1),
      ("text/*, text/markdown;q=0", 2),
      ("text/*", 1), ("TEXT/HTML", 2), ("text/html;charset=UTF-8", 2),
      // A parameter that no representation has.
      ("text/html;level=1", nil), ("text/html;level=1, text/markdown;q=0.1", 1),
      ("text/html;q=0.5;ext=1", 2), ("text/html;v=\"a,b;c\", text/markdown;q=0.2", 1),
      // Nothing that is there.
      ("application/xml", nil), ("image/*", nil), ("*/*;q=0", nil), ("application/json;q=0", nil),
      ("text", 0), ("text/", 0), ("/html", 0), ("a/b/c", 0),
      // What old clients send.
      ("text/html, image/gif, *; q=.2, */*; q=.2", 2), ("*; q=.2", 0), ("text/html;q=x, text/markdown;q=0.1", 1),
      (" text/html ; q=0.4 ,, text/markdown ;q=0.5 ", 1), ("text/html;Q=0.4,text/markdown;Q=0.5", 1),
    ] as [(String, Int?)])
  func `chooses`(line: String, expected: Int?) {
    #expect(choice([line]) == expected)
  }

  @Test func `reads several lines as one`() {
    #expect(choice(["text/html;q=0.5", "text/markdown"]) == 1)
    #expect(choice(["application/xml", "text/html"]) == 2)
  }
}
