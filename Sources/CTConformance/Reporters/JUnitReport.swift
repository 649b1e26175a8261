/// The XML that CI systems read as test results: a suite for each suite, a case for each check.
enum JUnitReport {
  static func render(_ record: RunRecord) -> String {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    let failures = record.results.count { if case .failed = $0.outcome { true } else { false } }
    lines.append(
      #"<testsuites name="ctconform" tests="\#(record.results.count)" failures="\#(failures)" errors="\#(errors(record))">"#
    )
    for suite in Suite.allCases {
      let results = record.results.filter { $0.check.suite == suite }
      if !results.isEmpty { lines += element(suite, results, record) }
    }
    if let reason = record.summary?.abortedBy {
      lines.append(#"  <testsuite name="run" tests="1" errors="1">"#)
      lines.append(
        #"    <testcase name="could run" classname="run"><error message="\#(escape("\(reason)"))"/></testcase>"#)
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>", ""]).joined(separator: "\n")
  }

  private static func errors(_ record: RunRecord) -> Int { record.summary?.abortedBy == nil ? 0 : 1 }

  private static func element(_ suite: Suite, _ results: [CheckResult], _ record: RunRecord) -> [String] {
    let failures = results.count { if case .failed = $0.outcome { true } else { false } }
    let skipped = results.count { if case .skipped = $0.outcome { true } else { false } }
    let time = results.reduce(0) { $0 + $1.milliseconds }
    return [
      #"  <testsuite name="\#(suite.rawValue)" tests="\#(results.count)" failures="\#(failures)" skipped="\#(skipped)" time="\#(seconds(time))">"#
    ] + results.flatMap { testCase($0, record.findings[$0.check.id] ?? []) } + ["  </testsuite>"]
  }

  private static func testCase(_ result: CheckResult, _ findings: [Finding]) -> [String] {
    let head =
      #"    <testcase name="\#(escape(result.check.title))" classname="\#(result.check.suite.rawValue).\#(result.check.id)" time="\#(seconds(result.milliseconds))""#
    switch result.outcome {
    case .passed: return [head + "/>"]
    case .skipped(let reason):
      return [head + ">", #"      <skipped message="\#(escape("\(reason)"))"/>"#, "    </testcase>"]
    case .failed:
      var seen: Set<Finding.Cause> = []
      let causes = findings.filter { seen.insert($0.cause).inserted }
      return [head + ">"] + causes.map(failure) + ["    </testcase>"]
    }
  }

  private static func failure(_ finding: Finding) -> String {
    let text = """
      \(finding.clause.place) \(finding.clause.text)
      expected: \(finding.expected)
      seen: \(finding.seen)
      \(finding.reproduction)
      """
    return #"      <failure type="\#(finding.check)" message="\#(escape(finding.message))">\#(escape(text))</failure>"#
  }

  private static func seconds(_ milliseconds: Double) -> String {
    let whole = Int(milliseconds)
    let rest = String(whole % 1000)
    return "\(whole / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }

  /// XML 1.0, sections 2.2 and 2.4: characters that it cannot hold are replaced.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "\n"
      default:
        escaped.unicodeScalars.append(scalar.value < 0x20 || 0xfffe...0xffff ~= scalar.value ? "\u{fffd}" : scalar)
      }
    }
    return escaped
  }
}
