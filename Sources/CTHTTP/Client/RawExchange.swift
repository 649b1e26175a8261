import Glibc

/// Octets out as they are, and whatever comes back. Blocking.
struct RawExchange {
  let connection: ClientConnection
  let goal: HTTPRawGoal
  let isHead: Bool
  let configuration: HTTPClientConfiguration
  private var received: [UInt8] = []
  private var responses: [HTTPClientResponse] = []
  private var fault: HTTPFault?

  init(connection: ClientConnection, goal: HTTPRawGoal, isHead: Bool, configuration: HTTPClientConfiguration) {
    self.connection = connection
    self.goal = goal
    self.isHead = isHead
    self.configuration = configuration
  }

  mutating func run(
    sending bytes: [UInt8], deadline: ContinuousClock.Instant
  ) throws(HTTPClientError) -> HTTPRawExchange {
    let ending: HTTPRawExchange.Ending
    do throws(HTTPClientError) {
      _ = try connection.sendAll(bytes, deadline: deadline)
      ending = try read(deadline: deadline)
    } catch .timeout {
      ending = .timedOut
    } catch .transport(let error) where error.code == ECONNRESET || error.code == EPIPE {
      ending = .reset
    }
    return HTTPRawExchange(
      received: received, responses: responses, ending: fault.map(HTTPRawExchange.Ending.notHTTP) ?? ending)
  }

  private mutating func read(deadline: ContinuousClock.Instant) throws(HTTPClientError) -> HTTPRawExchange.Ending {
    var decoder = makeDecoder()
    while !isComplete {
      let bytes = try connection.readSome(deadline: deadline)
      if bytes.isEmpty {
        if decoder.end() { append(&decoder) }
        return isComplete ? .complete : .closed
      }
      received += bytes
      decode(bytes, &decoder)
    }
    return .complete
  }

  private mutating func decode(_ bytes: [UInt8], _ decoder: inout HTTPResponseDecoder) {
    var offset = 0
    while fault == nil, offset < bytes.count {
      do {
        try decoder.decode(bytes.span, &offset)
        if decoder.isDone { append(&decoder) }
      } catch {
        fault = error
      }
    }
  }

  private var isComplete: Bool {
    if case .responses(let count) = goal { responses.count >= count } else { false }
  }

  private mutating func append(_ decoder: inout HTTPResponseDecoder) {
    guard let head = decoder.head, let body = decoder.body else { return }
    responses.append(HTTPClientResponse(status: head.status, fields: head.fields, body: body, head: head.bytes))
    decoder = makeDecoder()
  }

  private func makeDecoder() -> HTTPResponseDecoder {
    HTTPResponseDecoder(isHeadRequest: isHead, bodyLimit: configuration.bodyLimit, limits: configuration.limits)
  }
}
