package import CTHTTP

/// The deployment that is judged, behind its URL.
package struct Deployment: Sendable {
  package let url: URLParts
  package let client: HTTPClient
  /// Before every path; empty or without a slash at its end.
  private let base: String

  package init(url: URLParts, client: HTTPClient) {
    self.url = url
    self.client = client
    let path = url.target.prefix { $0 != "?" }
    base = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
  }

  package var text: String { "\(url.origin)\(base)" }

  /// What goes into the request line.
  func path(of probe: Probe) -> String { base + probe.target }

  /// Whether anything answers at all: any HTTP response will do. What answers otherwise is no deployment to judge.
  package func reach() async throws(CannotRun) {
    do throws(HTTPClientError) {
      _ = try await client.send(HTTPClientRequest(.get, URLParts(origin: url.origin, target: base + "/")))
    } catch {
      throw .unreachable("\(text): \(error)")
    }
  }

  /// Sends a request. What the deployment does wrong on the way is the error.
  ///
  /// A response of the media type `endless` is not read to its end: it has none.
  package func send(
    _ probe: Probe, _ fields: HTTPFields, endless: String? = nil
  ) async throws(HTTPClientError) -> Observation {
    let request = request(probe, fields)
    let start = ContinuousClock.now
    if let endless {
      let stream = try await client.stream(request)
      if stream.fields.value(of: "content-type")?.lowercased().hasPrefix(endless) == true {
        return Observation(
          status: stream.status.code, reason: stream.status.reason,
          fields: stream.fields.map { (name: $0.name, value: $0.value) }, body: Array("…".utf8),
          milliseconds: (ContinuousClock.now - start).milliseconds)
      }
    }
    let response = try await client.send(request)
    return Observation(response, milliseconds: (ContinuousClock.now - start).milliseconds)
  }
}

extension Deployment {
  /// Sends a request whose response has no end, and returns with its head.
  func stream(
    _ probe: Probe, _ fields: HTTPFields, idleTimeout: Duration
  ) async throws(HTTPClientError) -> HTTPClientStream {
    try await client.stream(request(probe, fields), idleTimeout: idleTimeout)
  }

  private func request(_ probe: Probe, _ fields: HTTPFields) -> HTTPClientRequest {
    guard let method = HTTPMethod(probe.method) else { preconditionFailure("\(probe.method) is no method") }
    return HTTPClientRequest(
      method, URLParts(origin: url.origin, target: path(of: probe)), fields: fields, body: probe.body)
  }
}

extension Observation {
  package init(_ response: HTTPClientResponse, milliseconds: Double) {
    self.init(
      status: response.status.code, reason: response.status.reason,
      fields: response.fields.map { (name: $0.name, value: $0.value) }, body: response.body, milliseconds: milliseconds)
  }
}

extension Duration {
  package var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1000 + Double(attoseconds) / 1e15
  }
}
