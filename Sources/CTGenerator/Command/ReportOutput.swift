package import CTSpec
internal import Glibc

/// `--format` and `--output`, which all commands that report have.
package struct ReportOutput: Sendable {
  package static let options = [
    Command.Option(name: "--format", value: "FORMAT", help: "text (unless said otherwise), json, github or sarif"),
    Command.Option(name: "--output", value: "FILE", help: "where the report goes instead of standard output"),
  ]

  private let format: Report.Format
  private let file: String?

  package init(_ arguments: Arguments) throws(UsageError) {
    let name = arguments["--format"] ?? "text"
    guard let format = Report.Format(rawValue: name) else {
      let formats = Report.Format.allCases.map(\.rawValue)
      throw UsageError(
        "'\(name)' is no format; write \(formats.joined(separator: ", "))"
          + EditDistanceHint.suggestion(for: name, among: formats))
    }
    self.format = format
    file = arguments["--output"]
  }

  /// Writes the report, and gives the exit status: as asked for, or 2 if it cannot be written.
  package func write(_ report: Report, _ io: CommandIO, toComplaints: Bool = false, status: Int32) -> Int32 {
    let bytes = report.rendered(format)
    guard let file else {
      (toComplaints && format == .text ? io.complaints : io.output)(bytes)
      return status
    }
    guard OutputFile.write(bytes, to: file) else {
      io.complain("openapi-gen: \(file) cannot be written: \(String(cString: strerror(errno)))")
      return 2
    }
    return status
  }
}

extension SpecError {
  /// Whether a file could not be read, as opposed to being read and found faulty.
  package var hasUnreadableFile: Bool { diagnostics.contains { $0.id == "unreadable-file" } }
}

extension Report {
  /// `2 errors, 1 warning`, or what to say if there is nothing.
  package static func counts(_ findings: [Finding], none: String) -> String {
    let parts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.diagnostic.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return parts.isEmpty ? none : parts.joined(separator: ", ")
  }
}
