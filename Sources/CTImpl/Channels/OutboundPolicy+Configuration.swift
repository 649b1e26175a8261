internal import CTGenerated
internal import CTHTTP

extension OutboundPolicy {
  /// The public Internet over TLS, and what the configuration allows besides.
  init(_ settings: Outbound?) throws(ConfigurationError) {
    var exceptions: [Exception] = []
    for text in settings?.allow ?? [] {
      guard let exception = Exception(text) else {
        throw ConfigurationError(
          description:
            "outbound.allow: '\(text)' is neither a host name, nor an address, nor a range such as 10.20.0.0/16")
      }
      exceptions.append(exception)
    }
    self = .public(allowing: exceptions)
  }
}
