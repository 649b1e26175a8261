extension Connection {
  /// A rejected request's body is dropped up to this size to keep the connection; it closes for a longer one.
  private static var drainLimit: Int { 64 * 1024 }

  func admit(_ head: HTTPRequestHead, moreHasCome: Bool) throws(HTTPFault) {
    timing.headSince = nil
    encoder = ResponseEncoder(
      isHeadRequest: head.method == .head, version: head.version, closes: decoder.saysClose)
    switch reactor.settings.handler.admit(head, from: peer) {
    case .accept(let admitted, let bodyLimit):
      try decoder.begin(bodyLimit: bodyLimit)
      self.admitted = admitted
      startBody()
      if decoder.expectsContinue && decoder.hasBody && !moreHasCome {
        borrowBuffer()
        output.append("HTTP/1.1 100 Continue\r\n\r\n")
      }
    case .reject(let response): try reject(response)
    }
  }

  private func startBody() {
    owesEvent = true
    timing.bodySince = reactor.now
    timing.bodySeen = 0
  }

  /// Answers without the body. After `Expect: 100-continue` nobody can know whether the body will come.
  private func reject(_ response: HTTPResponse) throws(HTTPFault) {
    var canDrain = !decoder.hasBody
    if !canDrain && !decoder.expectsContinue { canDrain = (try? decoder.begin(bodyLimit: Self.drainLimit)) != nil }
    if !decoder.hasBody { try decoder.begin(bodyLimit: 0) }
    if !canDrain || saysClose(response) || reactor.isShuttingDown { encoder.closes = true }
    send(withoutStream(response))
    if encoder.closes {
      startClosing()
    } else {
      phase = .draining
      startBody()
    }
  }

  /// Answers what the codec refused, and ends the connection.
  func refuse(_ fault: HTTPFault) {
    guard phase == .reading else {
      // The response is out already; only the rest of the body was at fault.
      startClosing()
      return
    }
    let head = decoder.head
    encoder = ResponseEncoder(isHeadRequest: head?.method == .head, version: head?.version ?? .http11, closes: true)
    send(withoutStream(reactor.settings.handler.rejection(fault, head: head)))
    startClosing()
    turnUnlessTurning()
  }

  /// Hands a complete request to the handler, as a task on this loop. It starts here and now: a handler that does not
  /// suspend has answered before this returns.
  func dispatch(_ head: HTTPRequestHead, _ body: [UInt8]) {
    guard let admitted else { preconditionFailure("a body without admission") }
    self.admitted = nil
    phase = .responding
    reactor.tasks += 1
    let request = HTTPRequest(head: head, body: body, peer: peer)
    let handler = reactor.settings.handler
    let connection = LoopBound(self, to: reactor.loop)
    let task = Task.immediate(executorPreference: reactor.loop) {
      let response = await handler.respond(to: request, admitted: admitted)
      await connection.finish(response)
    }
    if phase == .responding || phase == .streaming { self.task = task }
  }

  /// Sends a response. Returns the closure that writes its body, when it is a stream.
  fileprivate func answer(_ response: HTTPResponse) -> (@Sendable (HTTPBodyWriter) async throws -> Void)? {
    guard phase == .responding else { return nil }
    if saysClose(response) || reactor.isShuttingDown { encoder.closes = true }
    guard case .stream(let stream) = response.body, !encoder.isHeadRequest, !response.status.forbidsBody else {
      send(response)
      endRequest()
      return nil
    }
    isChunked = encoder.isChunked(response)
    if !isChunked { encoder.closes = true }
    send(response)
    phase = .streaming
    // A server that goes down gives streams no time.
    if reactor.isShuttingDown { task?.cancel() }
    turnUnlessTurning()
    return stream
  }

  /// The response is complete: on to the next request, or to the end.
  func endRequest() {
    task = nil
    if encoder.closes || reactor.isShuttingDown {
      startClosing()
    } else {
      phase = .reading
      timing.idleSince = reactor.now
    }
    turnUnlessTurning()
  }

  private func send(_ response: HTTPResponse) {
    borrowBuffer()
    encoder.encode(response, date: reactor.date.line, into: &output)
  }

  func startClosing() {
    phase = .closing
    dropInput()
  }

  private func saysClose(_ response: HTTPResponse) -> Bool {
    response.fields.value(of: "connection")?.lowercased() == "close"
  }

  /// Refusals are made on the loop, where nothing can be waited for.
  private func withoutStream(_ response: HTTPResponse) -> HTTPResponse {
    guard case .stream = response.body else { return response }
    preconditionFailure("a rejection cannot have a streamed body")
  }
}

extension LoopBound {
  /// What a request's task does with the handler's response.
  fileprivate func finish<Handler>(_ response: HTTPResponse) async where Value == Connection<Handler> {
    if let stream = onLoop.answer(response) { await Connection.pour(stream, into: self) }
    onLoop.reactor.tasks -= 1
  }
}
