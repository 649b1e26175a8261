import CTArtifacts
import Testing

@Suite struct ArtifactNameTests {
  @Test(arguments: [
    "a", "exports/2025-09-27/events.jsonl.gz", "runs/run_01J9/log.txt", "A-Z_0.9", "1/2/3/4/5/6/7/8",
    String(repeating: "x", count: 128),
  ])
  func isAName(text: String) { #expect(ArtifactName(text)?.text == text) }

  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/.hidden", "a b", "a\\b", "a~", "ä", "a\0b", "a%2fb",
    "a\nb", "1/2/3/4/5/6/7/8/9", String(repeating: "x", count: 129),
  ])
  func isNoName(text: String) { #expect(ArtifactName(text) == nil) }
}
