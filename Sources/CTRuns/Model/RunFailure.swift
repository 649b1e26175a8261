internal import CTJSON

/// Why a run did not succeed.
package struct RunFailure: Sendable, Hashable {
  /// The raw values are those of the run's schema, which says what each means.
  package enum Code: String, Sendable {
    case notStarted = "not_started"
    case exitStatus = "exit_status"
    case signal
    case noResult = "no_result"
    case reported
    case outputLimit = "output_limit"
    case timeout
    case http
    case cancelled
    case interrupted
  }

  package var code: Code
  /// For people: at most ``messageLimit`` characters are kept.
  package var message: String
  package var exitStatus: Int?
  /// The end of the log.
  package var lastLines: [String] = []

  static let messageLimit = 500

  package init(_ code: Code, _ message: String, exitStatus: Int? = nil) {
    self.code = code
    self.message = Self.bounded(message)
    self.exitStatus = exitStatus
  }

  static func bounded(_ message: String) -> String { String(message.prefix(messageLimit)) }

  /// The status of a run that failed so.
  var status: RunStatus {
    switch code {
    case .timeout: .timedOut
    case .cancelled: .cancelled
    default: .failed
    }
  }
}

extension RunFailure {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "code", value: .string(code.rawValue)), .init(key: "message", value: .string(message)),
    ]
    if let exitStatus { members.append(.init(key: "exitStatus", value: .integer(exitStatus))) }
    members.append(.init(key: "lastLines", value: .array(lastLines.map(JSONValue.string))))
    return .object(members)
  }

  init?(_ json: JSONValue) {
    guard let code = json["code"]?.string.flatMap(Code.init(rawValue:)), let message = json["message"]?.string else {
      return nil
    }
    self.init(code, message, exitStatus: json["exitStatus"]?.integer)
    lastLines = json["lastLines"]?.elements?.compactMap(\.string) ?? []
  }
}

extension JSONValue {
  static func integer(_ number: some BinaryInteger) -> JSONValue {
    .number(JSONNumber(checkedLexeme: "\(number)".utf8))
  }

  /// The value of a whole number that fits.
  var integer: Int? { number.flatMap { Int($0.lexeme) } }
}
