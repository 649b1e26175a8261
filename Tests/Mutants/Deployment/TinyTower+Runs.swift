internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Synchronization

extension TinyTower {
  /// Whether an operation starts what `GET /runs/{runId}` reads.
  func starts(_ operation: Operation) -> Bool {
    operation.method == "POST" && operation.path.raw.hasPrefix("/triggers/")
  }

  /// A run that is done as soon as it is started.
  func start(_ request: HTTPRequest, _ operation: Operation, _ inputs: JSONValue) throws(Refusal) -> HTTPResponse {
    guard operation.path.parameterNames.isEmpty else { throw Refusal(404, "There is no such trigger.") }
    let trigger = String(operation.path.raw.dropFirst("/triggers/".count))
    let key = request.head.value(of: "idempotency-key").map { String(decoding: $0, as: UTF8.self) }
    let id = log.withLock { log -> String in
      if let key, !has(.keyIsIgnored), let run = log.runs.first(where: { $0.key == key }) { return run.id }
      let digits = String(log.runs.count, radix: 16)
      let id = "run_" + String(repeating: "0", count: 24 - digits.count) + digits
      log.runs.append(.init(id: id, trigger: trigger, key: key))
      if !has(.runHasNoEvents) { record(id, trigger, &log) }
      return id
    }
    return json(
      202, .object([.init(key: "runId", value: .string(id))]),
      fields: ["Location": HTTPFieldValue(lossy: "/runs/\(id)")])
  }

  /// The event of its end, by the taxonomy's example.
  private func record(_ id: String, _ trigger: String, _ log: inout EventTable) {
    let payload = (example(ofType: "run.finished")?.members ?? []).map { member -> JSONValue.Member in
      switch member.key {
      case "runId": .init(key: "runId", value: .string(id))
      case "trigger": .init(key: "trigger", value: .string(trigger))
      default: member
      }
    }
    let event = JSONValue.object([
      .init(key: "eventId", value: .string("\(id).finished")), .init(key: "type", value: .string("run.finished")),
      .init(key: "ts", value: .string("2025-09-27T10:00:05Z")), .init(key: "source", value: .string("tower")),
      .init(key: "correlationId", value: .string(id)), .init(key: "payload", value: .object(payload)),
    ])
    log.append(event, sent: event, body: JSONWriter.write(event))
  }

  /// A payload as the taxonomy shows it.
  private func example(ofType type: String) -> JSONValue? {
    let schema = spec.operations.first { $0.id == "createEvent" }?.requestBody?.content.first?.schema
    let mapping = schema.flatMap { spec.index.resolved($0).discriminator?.mapping } ?? []
    let branch = mapping.first { $0.value == type }?.schema
    let payload = branch.flatMap { spec.index.resolved($0).properties.first { $0.name == "payload" }?.schema }
    return payload.flatMap { spec.index.resolved($0).examples.first?.jsonValue }
  }

  /// `GET /runs/{runId}`: the schema's example, under the run's own name.
  func run(_ id: String, _ operation: Operation) throws(Refusal) -> HTTPResponse {
    let run = log.withLock { $0.runs.first { $0.id == id } }
    guard let run, !has(.runIsNotThere), let schema = operation.responses.first?.content.first?.schema,
      case .object(let members)? = spec.index.resolved(schema).examples.first?.jsonValue
    else { throw Refusal(404, "There is no such run.") }
    let changed = members.compactMap { member -> JSONValue.Member? in
      switch member.key {
      case "runId": .init(key: "runId", value: .string(id))
      case "trigger": .init(key: "trigger", value: .string(run.trigger))
      case "status" where has(.runNeverEnds): .init(key: "status", value: .string("running"))
      case "endedAt" where has(.runNeverEnds): nil
      default: member
      }
    }
    return json(200, .object(changed))
  }
}
