internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Synchronization

extension TinyTower {
  /// `POST /events`
  func createEvent(_ request: HTTPRequest, _ caller: Caller?) async throws(Refusal) -> HTTPResponse {
    try checkMediaType(request.head)
    try checkSignature(request)
    let event = try parse(request.body)
    let violations = violations(of: event)
    guard violations.isEmpty else {
      let value = has(.refusalRepeatsValue) ? " It has \(event["correlationId"]?.string ?? "no value")." : ""
      throw Refusal(422, "The body breaks its schema." + value, violations)
    }
    if has(.oneTypeIsRefused), event["type"]?.string == "website.form.submitted" {
      throw Refusal(422, "Not this one.", [.init(pointer: "/type", keyword: "enum", detail: "unknown")])
    }
    if let source = caller?.source, source != event["source"]?.string, !has(.sourceIsNotBound) {
      throw Refusal(403, "This token speaks for another source.")
    }
    return await receipt(of: event, request.body)
  }

  func checkMediaType(_ head: HTTPRequestHead) throws(Refusal) {
    if has(.mediaTypeIgnored) { return }
    let type = head.value(of: "content-type").map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
    let name = has(.mediaTypeWithoutParameters) ? type : String(type.prefix { $0 != ";" })
    guard name == "application/json" else { throw Refusal(415, "Send application/json.") }
  }

  private func parse(_ body: [UInt8]) throws(Refusal) -> JSONValue {
    var body = body
    if has(.trailingBytesAccepted), body.starts(with: #"{"a":1}"#.utf8) {
      body = Array(#"{"a":1}"#.utf8)
    }
    do {
      return try JSONValue(parsing: body)
    } catch {
      if error.reason == .tooDeep, has(.deepBodyIsServerError) { throw Refusal(500, "Something went wrong.") }
      throw Refusal(has(.notJSONIsUnprocessable) ? 422 : 400, "The body is not JSON.")
    }
  }

  private func receipt(of event: JSONValue, _ body: [UInt8]) async -> HTTPResponse {
    let id = event["eventId"]?.string ?? ""
    let known = await record(event, id, body)
    var members: [JSONValue.Member] = [
      .init(key: "eventId", value: .string(has(.receiptOfAnotherEvent) ? "another" : id))
    ]
    if !has(.receiptWithoutStatus) {
      let isNew = known == nil || has(.repeatSaysAccepted)
      members.append(.init(key: "status", value: .string(isNew ? "accepted" : "duplicate")))
    }
    if let known {
      members.append(.init(key: "bodyMatches", value: .bool(known.body == body || has(.bodyAlwaysMatches))))
      if known.body != body, has(.otherBodyIsConflict) { return problem(Refusal(409, "Another body.")) }
    }
    if has(.receiptWithUndeclaredField) { members.append(.init(key: "shard", value: .number(7))) }
    return answer(.object(members), isRepeat: known != nil)
  }

  /// What was there before.
  private func record(_ event: JSONValue, _ id: String, _ body: [UInt8]) async -> EventTable.Row? {
    let stored = redacted(event)
    if has(.raceStoresTwice) {
      let known = log.withLock { $0.row(of: id) }
      try? await Task.sleep(for: .milliseconds(5))
      if known == nil { log.withLock { $0.append(stored, sent: event, body: body) } }
      return known
    }
    return log.withLock { log in
      let known = log.row(of: id)
      if let known, known.body != body, has(.otherBodyReplaces) { log.replace(known, with: event, body: body) }
      let isLost = has(.oneTypeIsLost) && event["type"]?.string == "website.form.submitted"
      if known == nil ? !has(.acceptedIsNotStored) && !isLost : has(.repeatIsStored) {
        log.append(stored, sent: event, body: body)
      }
      return known
    }
  }

  private func answer(_ receipt: JSONValue, isRepeat: Bool) -> HTTPResponse {
    if has(.acceptedIsServerError) { return problem(Refusal(500, "Something went wrong.")) }
    if isRepeat, has(.repeatIsConflict) { return problem(Refusal(409, "This event is here already.")) }
    if has(.receiptIsText) {
      return HTTPResponse(status: .accepted, fields: ["Content-Type": "text/plain"], body: .bytes(Array("ok".utf8)))
    }
    if has(.receiptIsNotJSON) {
      return HTTPResponse(
        status: .accepted, fields: ["Content-Type": "application/json"], body: .bytes(Array("{accepted}".utf8)))
    }
    return json(has(.acceptedIsOK) || isRepeat && has(.repeatIsOK) ? 200 : 202, receipt)
  }
}
