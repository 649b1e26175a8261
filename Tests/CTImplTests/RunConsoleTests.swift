import CTGenerated
import CTJSON
import Testing

@testable import CTImpl

/// What a person sees who follows a run.
@Suite struct RunConsoleTests {
  private final class Screen {
    var text = ""
    var time = ContinuousClock.now
  }

  private func show(
    _ lines: [(RunLogLineStream, String)], onTerminal isTerminal: Bool, secondsEach: Int = 0
  ) -> String {
    let screen = Screen()
    var console = RunConsole(isTerminal: isTerminal, now: { screen.time }, write: { screen.text += $0 })
    for (stream, text) in lines {
      console.show(RunLogLine(at: Timestamp("2025-09-27T10:00:05Z")!, stream: stream, text: text))
      screen.time += .seconds(secondsEach)
    }
    console.end()
    return screen.text
  }

  private func progress(_ done: Int) -> (RunLogLineStream, String) {
    (.out, #"{"progress":{"done":\#(done),"total":4}}"#)
  }

  @Test func inAFileEachStepIsALine() {
    let text = show(
      [(.tower, "started, attempt 1"), (.out, "one.csv"), progress(1), (.err, "slow"), progress(4)], onTerminal: false)
    #expect(
      text == """
        10:00:05  * started, attempt 1
        10:00:05  one.csv
        10:00:05  1 of 4 (25 %)
        10:00:05  ! slow
        10:00:05  4 of 4 (100 %)

        """)
  }

  @Test func onATerminalTheProgressStaysBelowTheLog() {
    let half = "\r\u{1B}[K[###############...............] 2 of 4 (50 %)"
    let text = show([progress(2), (.out, "three.csv")], onTerminal: true)
    #expect(text == "\(half)\r\u{1B}[K10:00:05  three.csv\n\(half)\n")
  }

  @Test func theRestIsEstimatedFromWhatWasSeen() {
    let text = show([progress(1), progress(2), progress(3), progress(4)], onTerminal: true, secondsEach: 10)
    #expect(text.contains("2 of 4 (50 %), 20 s left") && text.contains("3 of 4 (75 %), 10 s left"))
    #expect(text.hasSuffix("4 of 4 (100 %)\n"))
  }

  @Test func ofTheResultOnlyWordsAreShown() {
    let text = show(
      [(.out, #"{"metrics":{"a":1}}"#), (.out, #"{"metrics":{},"message":"nothing to do"}"#)], onTerminal: false)
    #expect(text == "10:00:05  nothing to do\n")
  }

  @Test func noLineActsUponTheTerminal() {
    let text = show([(.out, "a\u{1B}[2Jb\r\u{9B}c\td\u{7F}")], onTerminal: true)
    #expect(text == "10:00:05  a\u{241B}[2Jb\u{240D}?c\td?\n")
  }

  @Test(arguments: ["serve", "run", "runs", "triggers", "dlq", "digest", "token"])
  func aCommandShowsItsOwnHelp(command: String) {
    let help = TowerCommand.help(for: command)
    #expect(help.hasPrefix("usage: control-tower \(command) [OPTION...]\n\n\(command) "))
    #expect(help.split(separator: "\n").dropFirst(2).allSatisfy { $0.hasPrefix("  ") })
  }

  @Test func theHelpOfAWordThatIsNoCommandIsAllOfIt() {
    #expect(TowerCommand.help(for: "fly").contains("usage: control-tower COMMAND"))
  }
}
