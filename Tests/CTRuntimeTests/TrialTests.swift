import CTJSON
import Testing

@testable import CTRuntime

/// The outcome of a trial is kept with what it wanted redacted.
@Suite struct TrialTests {
  @Test func `what was judged without redaction is judged again with it`() {
    JSONReader.read(Array("\"secret\"".utf8)) { json in
      var context = ValidationContext(redactor: MaskingRedactor())
      let start = json.bookmark()
      let suspended = context.suspendRedaction()
      let whileSuspended = attempt(&json, &context, from: start)
      context.resumeRedaction(suspended)
      let afterwards = attempt(&json, &context, from: start)
      let again = attempt(&json, &context, from: start)
      let edits = context.redaction?.edits.count
      #expect([whileSuspended, afterwards, again] == [false, false, true])
      #expect(edits == 2)
    }
  }

  /// Redacts the value that comes next, within a trial. - Returns: whether the outcome was known.
  private func attempt(
    _ json: inout JSONReader, _ context: inout ValidationContext, from start: JSONReader.Bookmark
  ) -> Bool {
    json.rewind(to: start)
    let trial = context.beginTrial(of: 1, &json)
    if !trial.isKnown {
      let at = json.valueStart()
      _ = context.string(&json)
      context.redact(.mask, at: at, &json)
    }
    let accepted = context.endTrial(trial)
    #expect(accepted)
    return trial.isKnown
  }
}
