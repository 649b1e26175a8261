internal import CTHTTP

extension APIHandler {
  /// Which of the operation's media types the body has; `nil` where the operation takes none.
  func mediaType(of head: HTTPRequestHead, _ operation: ServedOperation) throws(ProblemDetails) -> Int? {
    guard !operation.descriptor.mediaTypes.isEmpty else { return nil }
    let isCoded = head.value(of: "content-encoding") != nil
    if !isCoded, let value = head.value(of: "content-type"),
      let found = operation.descriptor.mediaTypes.firstIndex(where: { MediaTypeName.matches(value, $0) })
    {
      return found
    }
    let expected = operation.descriptor.mediaTypes.joined(separator: " or ")
    // What would be taken, for clients that can do better (RFC 9110, section 15.5.16).
    let fields: HTTPFields =
      isCoded
      ? ["Accept-Encoding": "identity"]
      : ["Accept": HTTPFieldValue(lossy: operation.descriptor.mediaTypes.joined(separator: ", "))]
    throw ProblemDetails(
      .unsupportedMediaType, "The body has to be \(expected), without a content coding.", fields: fields)
  }

  /// Which of the operation's representations the client prefers; the first where the operation does not negotiate.
  func representation(for head: HTTPRequestHead, _ operation: ServedOperation) throws(ProblemDetails) -> Int {
    guard !operation.descriptor.representations.isEmpty else { return 0 }
    let values = head.values(of: "accept")
    if values.isEmpty { return 0 }
    if let choice = AcceptField.choice(among: operation.descriptor.representations, for: values) { return choice }
    let offered = operation.descriptor.representations.joined(separator: " or ")
    throw ProblemDetails(.notAcceptable, "This is answered as \(offered), which `Accept` does not take.")
  }
}
