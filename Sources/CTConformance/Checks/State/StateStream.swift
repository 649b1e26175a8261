internal import CTHTTP
internal import CTJSON
internal import CTSpec

/// A stream shows what is recorded while one listens, once.
enum StateStream {
  static let follows = Check(
    "state-stream", .state, title: "A stream shows each event once, as it is recorded",
    expects: "a message for each event that is sent", clause: .operation("GET", "/events/stream"),
    needs: .init(tokens: ["maintainer"], secret: true, writes: true)
  ) { context async throws(CannotRun) in
    let chain = EventChain(context, name: "stream")
    guard let links = chain.links(3) else { return context.skip(.missing(["a token that may send events"])) }
    let probe = Probe("GET", "/events/stream", label: "follow", token: .known("maintainer"))
    let follower = StreamFollower(context: context, probe: probe)
    let heard = try await follower.heard(
      while: { () async throws(CannotRun) in try await chain.send(links) }, until: links.map(\.id))
    guard let messages = heard?.messages else { return }
    context.saw("\(messages.count) messages")
    for link in links {
      let count = messages.count { $0["eventId"]?.string == link.id }
      if count != 1 {
        context.find(
          "the stream does not show a recorded event once", expected: "\(link.id), once", seen: "\(count) of it",
          by: [probe, link.probe])
      }
    }
  }
}

/// Messages of a stream (the HTML standard, section 9.2.6).
enum ServerSentEvents {
  /// The data of each complete message, where it is JSON.
  static func data(in text: String) -> [JSONValue] {
    text.replacing("\r\n", with: "\n").split(separator: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n").filter { $0.hasPrefix("data:") }.map { $0.dropFirst(5) }
      guard !lines.isEmpty else { return nil }
      return try? JSONValue(parsing: Array(lines.joined(separator: "\n").utf8))
    }
  }
}

/// Listens to a stream while something is done.
struct StreamFollower {
  let context: CheckContext
  let probe: Probe

  /// What a stream said.
  struct Heard {
    let text: String
    /// What it has not named.
    let missing: [String]

    var messages: [JSONValue] { ServerSentEvents.data(in: text) }
  }

  /// What the stream said until it had named all of these, or the run's patience was over. Nil, and a finding, when it
  /// could not be followed or the action has failed, which then is a finding of its own.
  func heard(
    while action: () async throws(CannotRun) -> Bool, until names: [String]
  ) async throws(CannotRun) -> Heard? {
    let deployment = context.session.deployment
    let patience = context.session.settings.patience
    let stream: HTTPClientStream
    do throws(HTTPClientError) {
      stream = try await deployment.stream(probe, context.fields(of: probe), idleTimeout: patience)
    } catch {
      _ = try context.withoutResponse(probe, nil, error)
      return nil
    }
    guard stream.status.code == 200 else {
      context.find(
        "the stream cannot be followed", expected: "200 OK", seen: "\(stream.status.code) \(stream.status.reason)",
        clause: context.spec.reference(.operation(probe.method, probe.target)), by: [probe])
      return nil
    }
    guard try await action() else { return nil }
    var text = ""
    let end = ContinuousClock.now + patience
    do {
      for try await piece in stream.body {
        text += String(decoding: piece, as: UTF8.self)
        if names.allSatisfy({ text.contains($0) }) && text.hasSuffix("\n\n") || ContinuousClock.now > end { break }
      }
    } catch {
      // Silence for as long as the run is patient: what is missing is found by its absence.
    }
    return Heard(text: text, missing: names.filter { !text.contains($0) })
  }
}
