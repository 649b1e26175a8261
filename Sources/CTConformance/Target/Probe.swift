package import CTJSON

/// A request that a check sends, with what a reproduction of it has to say.
package struct Probe: Sendable {
  /// What goes into `Authorization`.
  package enum Token: Sendable {
    case none
    /// One of the run's own, by name: a reproduction takes it from the environment.
    case known(String)
    /// The whole value of the field, as it is.
    case literal(String)
  }

  /// What goes into the signature's field.
  package enum Signature: Sendable {
    case none
    /// Over the body, as the spec says.
    case correct
    /// The whole value of the field, as it is.
    case literal(String)
  }

  package var method: String
  /// Path and query, percent-encoded.
  package var target: String
  package var token: Token
  package var signature: Signature
  /// Further fields, in order.
  package var fields: [(name: String, value: String)]
  package var body: [UInt8]?
  /// What the request tries, in a few words.
  package var label: String
  /// The schema keyword that it tries, for the coverage table.
  package var keyword: String?

  package init(
    _ method: String, _ target: String, label: String, token: Token = .none, signature: Signature = .none,
    fields: [(name: String, value: String)] = [], body: [UInt8]? = nil, keyword: String? = nil
  ) {
    self.method = method
    self.target = target
    self.token = token
    self.signature = signature
    self.fields = fields
    self.body = body
    self.label = label
    self.keyword = keyword
  }
}

extension Probe {
  /// A signed JSON document.
  package static func signed(
    _ method: String, _ target: String, label: String, token: String, body: [UInt8]
  ) -> Probe {
    Probe(
      method, target, label: label, token: .known(token), signature: .correct,
      fields: [("Content-Type", "application/json")], body: body)
  }
}

/// What came back.
package struct Observation: Sendable {
  package let status: Int
  package let reason: String
  package let fields: [(name: String, value: String)]
  package let body: [UInt8]
  package let milliseconds: Double

  package init(
    status: Int, reason: String, fields: [(name: String, value: String)], body: [UInt8], milliseconds: Double
  ) {
    self.status = status
    self.reason = reason
    self.fields = fields
    self.body = body
    self.milliseconds = milliseconds
  }

  package func field(_ name: String) -> String? {
    let name = name.lowercased()
    return fields.first { $0.name.lowercased() == name }?.value
  }

  /// Type and subtype in lower case, without parameters.
  package var mediaType: String? {
    field("Content-Type").map { value in
      let type = value.prefix { $0 != ";" }.lowercased()
      return String(type.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The body, if it is JSON.
  package var json: JSONValue? { try? JSONValue(parsing: body) }

  /// `202 Accepted`
  package var statusLine: String { reason.isEmpty ? "\(status)" : "\(status) \(reason)" }

  /// The status and the beginning of the body, on one line.
  package var summary: String {
    let text = String(decoding: body.prefix(300), as: UTF8.self)
    let line = text.map { $0.isNewline ? " " : $0 }
    let isCut = line.count > 200 || body.count > 300
    return line.isEmpty ? statusLine : "\(statusLine) \(String(line.prefix(200)))\(isCut ? "…" : "")"
  }
}
