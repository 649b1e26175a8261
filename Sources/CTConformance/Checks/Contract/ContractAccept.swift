internal import CTSpec

/// Which media type an answer is in (RFC 9110, section 12.5.1).
enum ContractAccept {
  static let acceptable = Check(
    "contract-accept", .contract, title: "Each media type of an answer can be asked for",
    expects: "a success in the media type that Accept prefers", clause: .pointer("/paths")
  ) { context async throws(CannotRun) in
    for (operation, response, probe) in probes(context) {
      for wish in wishes(response.content.map(\.bareName)) {
        var asked = probe
        asked.label = "\(operation.name), Accept: \(wish.field)"
        asked.fields.append(("Accept", wish.field))
        guard let seen = try await context.send(asked, to: operation) else { continue }
        let clause = context.spec.reference(response.location, "\(operation.name) → success")
        if !(200..<300).contains(seen.status) {
          context.find(
            "\(operation.name) refuses what it can send", expected: "a success for Accept: \(wish.field)",
            seen: seen.summary, clause: clause, by: [asked])
        } else if let type = seen.mediaType, !wish.due.contains(type) {
          context.find(
            "\(operation.name) does not send what is asked for",
            expected: "\(wish.due.joined(separator: " or ")) for Accept: \(wish.field)", seen: type, clause: clause,
            by: [asked])
        }
      }
    }
  }

  static let none = Check(
    "contract-accept-none", .contract, title: "Where nothing that is asked for can be sent, that is said",
    expects: "406 Not Acceptable", clause: .pointer("/components/responses/NotAcceptable")
  ) { context async throws(CannotRun) in
    for (operation, response, probe) in probes(context) {
      guard let refusal = operation.responses.first(where: { $0.status == .code(406) }) else { continue }
      let types = response.content.map(\.bareName)
      for field in ["application/x-ctconform", types.map { "\($0);q=0" }.joined(separator: ", "), "image/*"] {
        var asked = probe
        asked.label = "\(operation.name), Accept: \(field)"
        asked.fields.append(("Accept", field))
        guard let seen = try await context.send(asked, to: operation), seen.status != 406 else { continue }
        context.find(
          "\(operation.name) sends what nobody has asked for", expected: "406 Not Acceptable for Accept: \(field)",
          seen: seen.statusLine, clause: context.spec.reference(refusal.location, "\(operation.name) → 406"),
          by: [asked])
      }
    }
  }

  private struct Wish {
    let field: String
    /// The media types that fit it best.
    let due: [String]
  }

  private static func wishes(_ types: [String]) -> [Wish] {
    var wishes = [Wish(field: "*/*", due: types)]
    for (place, type) in types.enumerated() {
      let family = type.prefix { $0 != "/" } + "/"
      wishes += [
        Wish(field: type, due: [type]), Wish(field: type.uppercased(), due: [type]),
        Wish(field: "\(family)*", due: types.filter { $0.hasPrefix(family) }),
        Wish(field: "application/x-ctconform, \(type);q=0.5", due: [type]),
        Wish(field: "*/*;q=0.1, \(type)", due: [type]),
      ]
      let other = types[(place + 1) % types.count]
      guard other != type else { continue }
      wishes += [
        Wish(field: "\(other);q=0.2, \(type);q=0.9", due: [type]),
        Wish(field: "*/*, \(other);q=0", due: types.filter { $0 != other }),
      ]
    }
    return wishes
  }

  /// Operations that read and need no name, each with its success and a request that leads to it.
  private static func probes(_ context: CheckContext) -> [(Operation, Response, Probe)] {
    let sample = SampleRequest(spec: context.spec, runID: context.session.runID)
    return context.spec.operations.compactMap { operation in
      guard operation.method == "GET", operation.isPlain, operation.endlessMediaType == nil,
        let response = operation.success, !response.content.isEmpty,
        var probe = sample.bare(operation, label: operation.name)
      else { return nil }
      if let caller = context.callers.first(where: { operation.admits(role: $0.role) }) {
        probe.token = .known(caller.name)
      } else if !operation.admitsAnybody {
        return nil
      }
      return (operation, response, probe)
    }
  }
}
