internal import CTCrypto
internal import CTGenerated
internal import CTJSON
internal import CTRuns
internal import CTRuntime
internal import Glibc

extension RunSettings {
  /// The settings of a tower with these triggers.
  init(
    data: String, triggers: [TriggerDefinition], redactor: any Redactor, inputsKey: AEADKey, log: Log
  ) {
    let redaction = RunRedaction(redactor: redactor)
    self.init(
      data: Self.absolute(data), triggers: triggers, inputsKey: inputsKey, redactLine: { redaction.line($0) },
      redactInputs: { redaction.inputs($0) })
    warn = { runId, what in log.write(.warning, "runs", [("run", .string(runId)), ("what", .string(what))]) }
  }

  /// Commands are started in another directory, and are told paths.
  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// Takes personal data out of what runs leave behind: their logs, and the record of their inputs.
struct RunRedaction: Sendable {
  let redactor: any Redactor

  func line(_ text: String) -> String { inspect("", text) }

  /// - Parameter inputs: a JSON object.
  func inputs(_ inputs: [UInt8]) -> [UInt8] {
    guard let value = try? JSONValue(parsing: inputs) else { return Array("{}".utf8) }
    let redacted = redact(value, "")
    return redacted == value ? inputs : JSONWriter.write(redacted)
  }

  private func redact(_ value: JSONValue, _ name: String) -> JSONValue {
    switch value {
    case .string(let text): .string(inspect(name, text))
    case .array(let elements): .array(elements.map { redact($0, name) })
    case .object(let members): .object(members.map { .init(key: $0.key, value: redact($0.value, $0.key)) })
    case .number, .bool, .null: value
    }
  }

  private func inspect(_ name: String, _ text: String) -> String {
    let found = Array(name.utf8).withUnsafeBufferPointer { name in
      Array(text.utf8).withUnsafeBufferPointer { redactor.inspect(name: name, text: $0) }
    }
    return found.map { String(decoding: $0.text, as: UTF8.self) } ?? text
  }
}
