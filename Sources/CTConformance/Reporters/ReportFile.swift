internal import CTJSON
internal import Glibc

/// A report that is written at the end of a run.
package enum ReportFormat: String, Sendable, CaseIterable {
  case json, junit, sarif, github, markdown

  func render(_ record: RunRecord) -> String {
    switch self {
    case .json: JSONReport.render(record)
    case .junit: JUnitReport.render(record)
    case .sarif: SARIFReport.render(record)
    case .github: GitHubReport.render(record)
    case .markdown: MarkdownReport.render(record)
    }
  }
}

/// All that happened in a run, for reports that are written at its end.
package struct RunRecord: Sendable {
  package var run: RunDescription?
  package var results: [CheckResult] = []
  /// The findings of each check, by its id, causes that were met before included.
  package var findings: [String: [Finding]] = [:]
  package var coverage = Coverage()
  package var summary: RunSummary?

  mutating func receive(_ event: RunEvent) {
    switch event {
    case .runStarted(let run): self.run = run
    case .checkStarted: break
    case .exchanged(let exchange): coverage.add(exchange)
    case .found(let finding, _): findings[finding.metBy, default: []].append(finding)
    case .checkFinished(let result): results.append(result)
    case .notReached(let gap): coverage.add(gap)
    case .runFinished(let summary): self.summary = summary
    }
  }
}

/// Collects a run, and writes it to a file when it is over.
package struct ReportFile: Reporter {
  private let format: ReportFormat
  private let output: TextOutput
  private var record = RunRecord()

  package init(_ format: ReportFormat, _ output: TextOutput) {
    self.format = format
    self.output = output
  }

  package mutating func receive(_ event: RunEvent) {
    record.receive(event)
    if case .runFinished = event { output.write(format.render(record)) }
  }

  /// From `FORMAT=FILE,…`; the file `-` is the standard output. The files are opened now: nobody runs for minutes to
  /// find that they cannot be.
  static func reporters(_ text: String?, _ surroundings: Surroundings) throws(CannotRun) -> [any Reporter] {
    var reporters: [any Reporter] = []
    for item in RunCommand.list(text) {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let format = ReportFormat(rawValue: parts[0]) else {
        let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw .usage("--report takes FORMAT=FILE, and FORMAT is one of: \(known)")
      }
      reporters.append(ReportFile(format, parts[1] == "-" ? surroundings.output : try file(parts[1])))
    }
    return reporters
  }

  /// A file as a code host knows it: seen from the folder that the run is started in, which is the repository's.
  static func hosted(_ file: String) -> String {
    guard let folder = getcwd(nil, 0) else { return file }
    defer { free(folder) }
    let prefix = String(cString: folder) + "/"
    return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
  }

  private static func file(_ path: String) throws(CannotRun) -> TextOutput {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .usage("--report: \(path): \(String(cString: strerror(errno)))") }
    return TextOutput { text in
      Surroundings.write(text, to: descriptor)
      close(descriptor)
    }
  }
}
