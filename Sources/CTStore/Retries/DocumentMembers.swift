package import CTJSON

/// The members of a document of the tower's own, written and read by name.
package struct DocumentMembers {
  private var members: [JSONValue.Member] = []

  package init() {}

  package init(parsing bytes: [UInt8]) throws(StoreError) {
    do throws(JSONSyntaxError) {
      members = try JSONValue(parsing: bytes).members ?? []
    } catch {
      throw StoreError(.corrupt, "a document is not JSON: \(error.reason.rawValue) at byte \(error.offset)")
    }
  }

  package var bytes: [UInt8] { JSONWriter.write(.object(members)) }

  // MARK: Writing; what is nil is left out

  package mutating func add(_ name: String, _ text: String?) {
    if let text { members.append(.init(key: name, value: .string(text))) }
  }

  package mutating func add(_ name: String, _ time: Timestamp?) { add(name, time?.description) }

  package mutating func add(_ name: String, _ number: Int) {
    if let number = JSONNumber(String(number)) { members.append(.init(key: name, value: .number(number))) }
  }

  /// - Parameter json: a JSON text; what is none becomes a string, so that the document stays readable.
  package mutating func add(_ name: String, json: [UInt8]) {
    let value = try? JSONValue(parsing: json)
    members.append(.init(key: name, value: value ?? .string(String(decoding: json, as: UTF8.self))))
  }

  // MARK: Reading

  private func value(_ name: String) -> JSONValue? { members.first { $0.key == name }?.value }

  private func missing(_ name: String) -> StoreError {
    StoreError(.corrupt, "a document has no right member '\(name)'")
  }

  package func optionalText(_ name: String) -> String? { value(name)?.string }

  package func text(_ name: String) throws(StoreError) -> String {
    guard let text = optionalText(name) else { throw missing(name) }
    return text
  }

  package func integer(_ name: String) throws(StoreError) -> Int {
    guard let lexeme = value(name)?.number?.lexeme, let number = Int(lexeme) else { throw missing(name) }
    return number
  }

  package func time(_ name: String) throws(StoreError) -> Timestamp {
    guard let text = optionalText(name), let time = Timestamp(text) else { throw missing(name) }
    return time
  }

  package func json(_ name: String) throws(StoreError) -> [UInt8] {
    guard let value = value(name) else { throw missing(name) }
    return JSONWriter.write(value)
  }
}
