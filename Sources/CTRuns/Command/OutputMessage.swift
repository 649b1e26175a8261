internal import CTJSON

/// What a line of a command's standard output says to the tower, beside standing in the log.
///
///     {"progress": {"done": 3, "total": 10}, "checkpoint": {"day": "2025-09-03"}}
///     {"metrics": {"documentsGenerated": 3}}
package enum OutputMessage: Sendable, Hashable {
  case progress(RunProgress, checkpoint: [UInt8]?)
  /// The result, which the last line has to be. `message` is for people.
  case result(RunMetrics, message: String?)
  /// An object of metrics that are none: with what is wrong.
  case wrongResult(String)

  /// `nil` for a line that is for people only.
  package init?(line: String) {
    guard line.utf8.first == UInt8(ascii: "{"), let json = try? JSONValue(parsing: Array(line.utf8)) else {
      return nil
    }
    if let progress = RunProgress(json["progress"]) {
      self = .progress(progress, checkpoint: Self.checkpoint(json["checkpoint"]))
    } else if let metrics = json["metrics"] {
      if let metrics = RunMetrics(metrics) {
        self = .result(metrics, message: json["message"]?.string)
      } else {
        self = .wrongResult(
          "'metrics' has to be an object of at most 63 numbers, with names such as documentsGenerated")
      }
    } else {
      return nil
    }
  }

  private static let checkpointLimit = 16 << 10

  /// A checkpoint is an object that is not too large; any other is left out.
  private static func checkpoint(_ json: JSONValue?) -> [UInt8]? {
    guard let json, json.members != nil else { return nil }
    let bytes = JSONWriter.write(json)
    return bytes.count <= checkpointLimit ? bytes : nil
  }
}
