internal import CTGenerated
internal import CTHTTP

extension OutboundPolicy {
  /// The public Internet over TLS, and what the configuration allows besides.
  init(_ settings: Outbound?) throws(ConfigurationError) {
    var exceptions: [Exception] = []
    for (place, text) in (settings?.allow ?? []).enumerated() {
      guard let exception = Exception(text) else {
        throw ConfigurationError(
          description: "'\(text)' is neither a host name, nor an address, nor a range such as 10.20.0.0/16",
          pointer: "/outbound/allow/\(place)")
      }
      exceptions.append(exception)
    }
    self = .public(allowing: exceptions)
  }
}
