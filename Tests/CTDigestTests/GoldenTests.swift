import Testing

@testable import CTDigest

/// What readers see of a quiet day, a bad day and a day without data. To accept a change:
/// `RECORD_GOLDENS=1 swift test --filter CTDigestTests`, then look at the difference.
@Suite struct GoldenTests {
  @Test(arguments: [Sample.badDay, .quietDay, .noData])
  func markdown(_ sample: Sample) throws { try check(sample.digest.markdown, "\(sample.rawValue).md") }

  @Test(arguments: [Sample.badDay, .quietDay, .noData])
  func plainText(_ sample: Sample) throws { try check(sample.digest.plainText, "\(sample.rawValue).txt") }

  @Test(arguments: [Sample.badDay, .quietDay, .noData])
  func html(_ sample: Sample) throws { try check(sample.digest.html, "\(sample.rawValue).html") }

  @Test(arguments: [Sample.badDay])
  func json(_ sample: Sample) throws {
    try check(String(decoding: try sample.digest.json, as: UTF8.self) + "\n", "\(sample.rawValue).json")
  }

  @Test func `a reader who may not see payloads`() throws {
    try check(Sample.badDay.digest.withoutPayloads.markdown, "badDay.viewer.md")
  }

  private func check(_ content: String, _ file: String) throws {
    let expected = try #require(try Golden.expected(file, recording: content), "recorded anew")
    #expect(content == expected)
  }
}
