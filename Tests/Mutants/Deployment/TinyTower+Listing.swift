internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Synchronization

extension TinyTower {
  /// `GET /events`
  func listEvents(_ request: HTTPRequest, _ operation: Operation, _ caller: Caller?) throws(Refusal) -> HTTPResponse {
    let query = try QueryReader(spec: spec, validator: validator, faults: faults).read(request.head, operation)
    let matching = log.withLock { $0.sorted }.filter { row in
      ["source", "type", "correlationId"].allSatisfy { query[$0] == nil || query[$0] == row.text($0) }
        && isInside(row.ts, query)
    }
    let limit = query["limit"].flatMap { Int($0) } ?? 100
    let start = try query["cursor"].map { text throws(Refusal) in try position(text) } ?? 0
    let page = matching.dropFirst(start).prefix(limit)
    var fields = HTTPFields()
    if start + page.count < matching.count {
      let rest = query.filter { $0.key != "cursor" }.sorted { $0.key < $1.key }
        .map { "\($0.key)=\(PercentEncoding.encode($0.value.utf8))&" }.joined()
      fields.append("Link", HTTPFieldValue(lossy: "</events?\(rest)cursor=c\(start + page.count)>; rel=\"next\""))
    }
    var events = page.map { stored($0, caller) }
    if has(.listShowsEventsTwice) { events += events }
    if has(.listIsEmpty) { events = [] }
    let array = JSONValue.array(events)
    return json(200, has(.listIsObject) ? .object([.init(key: "events", value: array)]) : array, fields: fields)
  }

  private func isInside(_ ts: Timestamp, _ query: [String: String]) -> Bool {
    if let from = query["from"].flatMap({ Timestamp($0) }) {
      if ts < from || has(.listFromIsExclusive) && ts == from { return false }
    }
    if let to = query["to"].flatMap({ Timestamp($0) }), ts >= to { return false }
    return true
  }

  private func position(_ cursor: String) throws(Refusal) -> Int {
    guard cursor.hasPrefix("c"), let position = Int(cursor.dropFirst()) else {
      throw Refusal(
        400, "A parameter is wrong.", [.init(pointer: "/query/cursor", keyword: "pattern", detail: "wrong")])
    }
    return position
  }

  private func stored(_ row: EventTable.Row, _ caller: Caller?) -> JSONValue {
    var members: [JSONValue.Member] = []
    for member in row.event.members ?? [] {
      switch member.key {
      case "ts":
        let ts = Timestamp(microseconds: row.ts.microseconds + (has(.listChangesTime) ? 1_000_000 : 0))
        members.append(.init(key: "ts", value: .string(ts.description)))
      case "payload":
        let isShown = has(.payloadForEverybody) || has(.payloadForOperators) && caller?.role == "operator"
        guard isShown || ["maintainer", "owner"].contains(caller?.role), !has(.listOmitsPayload) else { break }
        members.append(has(.listChangesPayload) ? .init(key: "payload", value: .object([])) : member)
      default: members.append(member)
      }
    }
    if !has(.listWithoutIngest) { members.append(.init(key: "ingest", value: Self.ingest)) }
    return .object(members)
  }

  private static let ingest = JSONValue.object([
    .init(key: "receivedAt", value: .string("2025-09-27T10:00:01Z")), .init(key: "attempt", value: .number(1)),
    .init(key: "status", value: .string("accepted")),
  ])
}

/// Reads the query of a request as an operation's parameters say.
struct QueryReader {
  let spec: OpenAPIDocument
  let validator: SchemaValidator
  let faults: Set<Fault>

  func read(_ head: HTTPRequestHead, _ operation: Operation) throws(Refusal) -> [String: String] {
    var values: [String: String] = [:]
    var violations: [SchemaViolation] = []
    for pair in (head.query ?? []).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(decoding: parts[0], as: UTF8.self)
      guard let parameter = operation.parameters.first(where: { $0.placement == .query && $0.name == name }) else {
        continue
      }
      let octets = parts.count == 2 ? PercentEncoding.decode(parts[1]) : []
      let text = octets.flatMap { String(validating: $0, as: UTF8.self) } ?? "\u{fffd}"
      if values.updateValue(text, forKey: name) != nil {
        violations.append(.init(pointer: "/query/\(name)", keyword: "maxItems", detail: "is given twice"))
      }
      violations += faults(of: text, parameter)
    }
    guard violations.isEmpty else { throw Refusal(400, "A parameter is wrong.", violations) }
    return values
  }

  private func faults(of text: String, _ parameter: Parameter) -> [SchemaViolation] {
    let isNumber = spec.index.resolved(parameter.schema).types?.contains(.integer) ?? false
    let value = isNumber ? JSONNumber(text).map { JSONValue.number($0) } ?? .string(text) : .string(text)
    if faults.contains(.limitIsNotChecked), parameter.name == "limit" { return [] }
    if faults.contains(.timeIsNotChecked), parameter.name == "from" || parameter.name == "to" { return [] }
    if faults.contains(.limitHasLowerMaximum), text == "1000" {
      return [SchemaViolation(pointer: "/query/limit", keyword: "maximum", detail: "must be at most 500")]
    }
    let name = faults.contains(.parameterIsNotNamed) ? "?" : parameter.name
    return validator.validate(value, against: parameter.schema).map {
      SchemaViolation(pointer: "/query/\(name)", keyword: $0.keyword, detail: $0.detail)
    }
  }
}
