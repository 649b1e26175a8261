internal import CTHTTP
internal import CTJSON
internal import CTSpec
internal import Synchronization

extension TinyTower {
  /// `POST /events`
  func createEvent(_ request: HTTPRequest, _ caller: Caller?) throws(Refusal) -> HTTPResponse {
    let type = request.head.value(of: "content-type").map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard type?.prefix(while: { $0 != ";" }) == "application/json" else { throw Refusal(415, "Send application/json.") }
    try checkSignature(request)
    guard let event = try? JSONValue(parsing: request.body) else { throw Refusal(400, "The body is not JSON.") }
    let violations = eventSchema.map { validator.validate(event, against: $0) } ?? []
    guard violations.isEmpty else { throw Refusal(422, "The body breaks its schema.", violations) }
    if let source = caller?.source, source != event["source"]?.string {
      throw Refusal(403, "This token speaks for another source.")
    }
    return receipt(of: event, request.body)
  }

  private var eventSchema: SchemaID? {
    spec.operations.first { $0.id == "createEvent" }?.requestBody?.content.first?.schema
  }

  private func receipt(of event: JSONValue, _ body: [UInt8]) -> HTTPResponse {
    let id = event["eventId"]?.string ?? ""
    let known = log.withLock { log in
      let known = log.row(of: id)
      if known == nil ? !has(.acceptedIsNotStored) : has(.repeatIsStored) { log.append(event, body: body) }
      return known
    }
    var members: [JSONValue.Member] = [
      .init(key: "eventId", value: .string(has(.receiptOfAnotherEvent) ? "another" : id))
    ]
    if !has(.receiptWithoutStatus) {
      let isNew = known == nil || has(.repeatSaysAccepted)
      members.append(.init(key: "status", value: .string(isNew ? "accepted" : "duplicate")))
    }
    if let known { members.append(.init(key: "bodyMatches", value: .bool(known.body == body))) }
    if has(.receiptWithUndeclaredField) { members.append(.init(key: "shard", value: .number(7))) }
    return answer(.object(members), isRepeat: known != nil)
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
