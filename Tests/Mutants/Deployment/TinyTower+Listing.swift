internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Synchronization

extension TinyTower {
  /// `GET /events`
  func listEvents(_ request: HTTPRequest, _ operation: Operation, _ caller: Caller?) throws(Refusal) -> HTTPResponse {
    let query = try QueryReader(spec: spec, validator: validator, faults: faults).read(request.head, operation)
    let matching = log.withLock { $0.sorted }.filter { row in
      filters.allSatisfy { query[$0] == nil || query[$0] == row.text($0) } && isInside(row.ts, query)
    }
    let limit = has(.limitIsIgnored) ? 1000 : query["limit"].flatMap { Int($0) } ?? 100
    let rest = try query["cursor"].map { text throws(Refusal) in try remainder(matching, text) } ?? matching[...]
    let page = rest.prefix(limit)
    var fields = HTTPFields()
    if rest.count > page.count || has(.lastPageHasLink) && !page.isEmpty, let last = page.last {
      let others = query.filter { $0.key != "cursor" }.sorted { $0.key < $1.key }
        .map { "\($0.key)=\(PercentEncoding.encode($0.value.utf8))&" }.joined()
      let cursor = has(.cursorIsOffset) ? "o\(matching.count - rest.count + page.count)" : cursor(behind: last)
      fields.append("Link", HTTPFieldValue(lossy: "</events?\(others)cursor=\(cursor)>; rel=\"next\""))
    }
    var events = page.map { stored($0, caller) }
    if has(.listIsOldestFirst) { events.reverse() }
    if has(.listShowsEventsTwice) { events += events }
    if has(.listIsEmpty) { events = [] }
    let array = JSONValue.array(events)
    return json(200, has(.listIsObject) ? .object([.init(key: "events", value: array)]) : array, fields: fields)
  }

  /// `GET /events/{eventId}`
  func getEvent(_ request: HTTPRequest, _ operation: Operation, _ caller: Caller?) throws(Refusal) -> HTTPResponse {
    _ = try QueryReader(spec: spec, validator: validator, faults: faults).read(request.head, operation)
    let name = request.head.path.split(separator: UInt8(ascii: "/")).last.flatMap { PercentEncoding.decode($0) } ?? []
    let row = log.withLock { $0.row(of: String(decoding: name, as: UTF8.self)) }
    guard let row, !has(.eventIsNotThere) else { throw Refusal(404, "There is no such event.") }
    return json(200, stored(row, caller))
  }

  private var filters: [String] {
    [("source", .sourceFilterIgnored), ("type", .typeFilterIgnored), ("correlationId", .correlationFilterIgnored)]
      .filter { (name: String, fault: Fault) in !has(fault) }.map { (name: String, fault: Fault) in name }
  }

  /// The place of a row in the order of the list.
  private func cursor(behind row: EventTable.Row) -> String { "c\(row.ts.microseconds)_\(row.number)" }

  /// What comes behind a place.
  private func remainder(
    _ rows: [EventTable.Row], _ cursor: String
  ) throws(Refusal) -> ArraySlice<EventTable.Row> {
    if cursor.hasPrefix("o"), let offset = Int(cursor.dropFirst()) { return rows.dropFirst(offset) }
    let parts = cursor.dropFirst().split(separator: "_")
    guard cursor.hasPrefix("c"), parts.count == 2, let ts = Int64(parts[0]), let number = Int(parts[1]) else {
      throw Refusal(
        400, "A parameter is wrong.", [.init(pointer: "/query/cursor", keyword: "pattern", detail: "wrong")])
    }
    let place = (Timestamp(microseconds: ts), number)
    let rest = rows.drop { has(.cursorRepeats) ? ($0.ts, $0.number) > place : ($0.ts, $0.number) >= place }
    return has(.cursorSkips) ? rest.dropFirst() : rest
  }

  private func isInside(_ ts: Timestamp, _ query: [String: String]) -> Bool {
    if !has(.fromIsIgnored), let from = query["from"].flatMap({ Timestamp($0) }) {
      if ts < from || has(.listFromIsExclusive) && ts == from { return false }
    }
    if let to = query["to"].flatMap({ Timestamp($0) }), has(.toIsInclusive) ? ts > to : ts >= to { return false }
    return true
  }

  func stored(_ row: EventTable.Row, _ caller: Caller?) -> JSONValue {
    var members: [JSONValue.Member] = []
    for member in row.event.members ?? [] {
      switch member.key {
      case "ts":
        let ts = Timestamp(microseconds: row.ts.microseconds + (has(.listChangesTime) ? 1_000_000 : 0))
        members.append(.init(key: "ts", value: .string(ts.description)))
      case "payload":
        let isShown = has(.payloadForEverybody) || has(.payloadForOperators) && caller?.role == "operator"
        guard isShown || ["maintainer", "owner"].contains(caller?.role), !has(.listOmitsPayload) else { break }
        members.append(has(.listChangesPayload) ? .init(key: "payload", value: .object([])) : shown(member))
      default: members.append(member)
      }
    }
    if !has(.listWithoutIngest) { members.append(.init(key: "ingest", value: Self.ingest)) }
    return .object(members)
  }

  private func shown(_ payload: JSONValue.Member) -> JSONValue.Member {
    guard has(.storedEventIsBroken) else { return payload }
    let changed = (payload.value.members ?? []).map { member in
      member.key == "total" ? JSONValue.Member(key: "total", value: .string("much")) : member
    }
    return .init(key: "payload", value: .object(changed))
  }

  private static let ingest = JSONValue.object([
    .init(key: "receivedAt", value: .string("2025-09-27T10:00:01Z")), .init(key: "attempt", value: .number(1)),
    .init(key: "status", value: .string("accepted")),
  ])
}

extension TinyTower {
  /// `GET /events/stream`: looks for what is new until the reader goes.
  func stream(_ caller: Caller?) -> HTTPResponse {
    let start = log.withLock { $0.rows.count }
    return HTTPResponse(
      status: .ok, fields: ["Content-Type": "text/event-stream"],
      body: .stream { writer in
        try await writer.write(Array(": nothing new\n\n".utf8))
        var place = start
        while !Task.isCancelled {
          for row in self.log.withLock({ Array($0.rows.dropFirst(place)) }) {
            place = row.number + 1
            if self.has(.streamIsSilent) { continue }
            for _ in 0..<(self.has(.streamRepeats) ? 2 : 1) { try await writer.write(self.message(row, caller)) }
          }
          try await Task.sleep(for: .milliseconds(5))
        }
      })
  }

  private func message(_ row: EventTable.Row, _ caller: Caller?) -> [UInt8] {
    var event = stored(row, caller)
    if has(.streamShowsPersonalData), case .object(let members) = event {
      event = .object(
        members.map { $0.key == "payload" ? .init(key: "payload", value: row.sent["payload"] ?? .null) : $0 })
    }
    let data = String(decoding: JSONWriter.write(event), as: UTF8.self)
    return Array("id: \(row.number + 1)\ndata: \(data)\n\n".utf8)
  }
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
    for (parameter, text) in others(head, operation) { violations += self.faults(of: text, parameter) }
    for parameter in operation.parameters where parameter.placement == .query && parameter.required {
      guard values[parameter.name] == nil else { continue }
      violations.append(.init(pointer: "/query/\(parameter.name)", keyword: "required", detail: "is missing"))
    }
    guard violations.isEmpty else { throw Refusal(400, "A parameter is wrong.", violations) }
    return values
  }

  /// Parameters in fields and in the path.
  private func others(_ head: HTTPRequestHead, _ operation: Operation) -> [(Parameter, String)] {
    let parts = head.path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let segments = zip(operation.path.segments, parts).compactMap { segment, part -> (String, String)? in
      guard case .parameter(let name) = segment else { return nil }
      return (name, String(decoding: PercentEncoding.decode(part) ?? [], as: UTF8.self))
    }
    return operation.parameters.compactMap { parameter in
      switch parameter.placement {
      case .path: segments.first { $0.0 == parameter.name }.map { (parameter, $0.1) }
      case .header where !faults.contains(.fieldIsNotChecked):
        head.value(of: parameter.name.lowercased()).map { (parameter, String(decoding: $0, as: UTF8.self)) }
      default: nil
      }
    }
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
      SchemaViolation(pointer: "/\(parameter.placement.rawValue)/\(name)", keyword: $0.keyword, detail: $0.detail)
    }
  }
}
