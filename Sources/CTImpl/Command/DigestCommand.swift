internal import CTDigest
internal import CTGenerated
internal import CTJSON
internal import CTRuntime

/// `control-tower digest`: prints a digest of a running tower.
struct DigestCommand {
  private enum Format: String, CaseIterable {
    case markdown
    case text
    case html
    case json
  }

  private let date: String?
  private let format: Format
  private let client: ControlTowerClient

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: TowerAccess.options.union(["--date", "--format"]))
    date = options["--date"]
    if let date, Timestamp.days(ofDate: date.utf8) == nil {
      throw UsageError("--date is a date such as 2025-09-27")
    }
    guard let format = Format(rawValue: options["--format"] ?? Format.markdown.rawValue) else {
      throw UsageError("--format is one of: \(Format.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.format = format
    client = try TowerAccess(options, for: "digest").client
  }

  func run() async throws -> Int32 {
    let bytes = try await client.getDailyReport(date: date, accepting: [.json]).digest.json()
    print(try Self.text(bytes, format), terminator: "")
    return 0
  }

  private static func text(_ json: [UInt8], _ format: Format) throws -> String {
    switch format {
    case .json: String(decoding: JSONWriter.write(try JSONValue(parsing: json), .pretty), as: UTF8.self)
    case .markdown: try CTDigest.DailyDigest(json: json).markdown
    case .text: try CTDigest.DailyDigest(json: json).plainText
    case .html: try CTDigest.DailyDigest(json: json).html
    }
  }
}

extension GetDailyReport.Output {
  fileprivate var digest: CTGenerated.DailyDigest {
    get throws(RefusedError) {
      switch self {
      case .ok(let answer):
        guard case .json(let digest) = answer.body else { throw RefusedError("the tower did not answer with JSON") }
        return digest
      case .badRequest(let answer): throw RefusedError(answer.body)
      case .unauthorized(let answer): throw RefusedError(answer.body)
      case .forbidden(let answer): throw RefusedError(answer.body)
      case .notFound(let answer): throw RefusedError(answer.body)
      case .notAcceptable(let answer): throw RefusedError(answer.body)
      case .unprocessableContent(let answer): throw RefusedError(answer.body)
      case .serviceUnavailable(let answer): throw RefusedError(answer.body)
      }
    }
  }
}
