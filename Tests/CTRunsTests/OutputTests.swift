import CTJSON
import Testing

@testable import CTRuns

@Suite struct OutputTests {
  @Test(
    arguments: [
      ("plain text", nil), ("{", nil), ("[]", nil), ("{}", nil), (#"{"other":1}"#, nil),
      (#"{"progress":{"done":1}}"#, nil), (#"{"progress":{"done":-1,"total":2}}"#, nil),
      (#"{"progress":{"done":1,"total":2}}"#, OutputMessage.progress(RunProgress(done: 1, total: 2)!, checkpoint: nil)),
      (
        #"{"progress":{"done":1,"total":2},"checkpoint":{"a": 1}}"#,
        .progress(RunProgress(done: 1, total: 2)!, checkpoint: Array(#"{"a":1}"#.utf8))
      ),
      (
        #"{"progress":{"done":1,"total":2},"checkpoint":7}"#,
        .progress(RunProgress(done: 1, total: 2)!, checkpoint: nil)
      ),
      (#"{"metrics":{}}"#, .result(RunMetrics(), message: nil)),
      (#"{"metrics":{},"message":"m"}"#, .result(RunMetrics(), message: "m")),
    ] as [(String, OutputMessage?)]) func aLineSays(_ line: String, _ message: OutputMessage?)
  {
    #expect(OutputMessage(line: line) == message)
  }

  @Test(arguments: [
    ("{}", true), (#"{"a":1,"bC2":-2.5e3}"#, true), (#"{"a":"1"}"#, false), (#"{"a":null}"#, false),
    (#"{"A":1}"#, false), (#"{"a-b":1}"#, false), (#"{"":1}"#, false), ("[]", false), (#"{"a":1e16}"#, false),
    ("{" + (0..<63).map { #""m\#($0)":1"# }.joined(separator: ",") + "}", true),
    ("{" + (0..<64).map { #""m\#($0)":1"# }.joined(separator: ",") + "}", false),
  ]) func metricsAreNumbersUnderNames(_ text: String, _ isRight: Bool) throws {
    #expect((RunMetrics(try JSONValue(parsing: Array(text.utf8))) != nil) == isRight)
  }

  @Test func linesAreCutWhereverTheyArriveInPieces() {
    let text = Array("one\r\n\n\ntwo\nthree".utf8)
    for size in 1...text.count {
      var splitter = LineSplitter()
      var lines: [String] = []
      for start in stride(from: 0, to: text.count, by: size) {
        splitter.take(text[start..<min(start + size, text.count)]) { lines.append($0) }
      }
      splitter.flush { lines.append($0) }
      #expect(lines == ["one", "two", "three"], "in pieces of \(size)")
    }
  }

  @Test func aLineOfALogIsCutBetweenCharacters() {
    let text = String(repeating: "é", count: RunLog.lineBytes)
    let pieces = RunLog.pieces(text)
    #expect(pieces.count == 2 && pieces.joined() == text)
    #expect(pieces.allSatisfy { $0.utf8.count <= RunLog.lineBytes })
    #expect(RunLog.pieces("") == [""])
  }

  @Test func aCursorShowsWholeLinesOnlyAndLeavesSomeOut() {
    let text = Array("1\n2\n3\n4\n".utf8)
    for size in 1...text.count {
      var cursor = LogCursor(skip: 2)
      var shown: [UInt8] = []
      for start in stride(from: 0, to: text.count, by: size) {
        let lines = cursor.take(Array(text[start..<min(start + size, text.count)]))
        #expect(lines.isEmpty || lines.last == UInt8(ascii: "\n"))
        shown += lines
      }
      #expect(shown == Array("3\n4\n".utf8))
      #expect(cursor.offset == Int64(text.count))
    }
  }
}
