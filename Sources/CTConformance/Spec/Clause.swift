/// A part of the spec that a check rests on, by name.
package enum Clause: Sendable, Hashable {
  /// The whole document.
  case document
  /// `POST`, `/events`
  case operation(String, String)
  /// A status that an operation declares.
  case response(String, String, Int)
  /// What an operation asks of a caller.
  case security(String, String)
  case requestBody(String, String)
  case parameter(String, String, String)
  /// A JSON Pointer into the document, and its name.
  case pointer(String)
}

/// Where a clause stands.
package struct ClauseReference: Sendable, Hashable {
  package let file: String
  package let line: Int
  /// The clause in words, such as `POST /events → 202`.
  package let text: String

  package init(file: String, line: Int, text: String) {
    self.file = file
    self.line = line
    self.text = text
  }

  /// `file:line`
  package var place: String { "\(file):\(line)" }
}

extension Clause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .document: "document"
    case .operation(let method, let path), .security(let method, let path): "\(method) \(path)"
    case .response(let method, let path, let status): "\(method) \(path) with \(status)"
    case .requestBody(let method, let path): "\(method) \(path) with a body"
    case .parameter(let method, let path, let name): "\(method) \(path) with \(name)"
    case .pointer(let pointer): pointer
    }
  }
}
