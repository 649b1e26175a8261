internal import CTGenerated
internal import Glibc

extension SecretName {
  /// The value of the environment variable.
  ///
  /// - Parameters:
  ///   - purpose: what it has to hold, for the error: `the secret that bodies are signed with`.
  ///   - minimumBytes: fewer are refused.
  ///   - pointer: the JSON Pointer of this name in the configuration, for the error.
  func value(of purpose: String, minimumBytes: Int = 1, at pointer: String) throws(ConfigurationError) -> String {
    guard let value = getenv(env).map({ String(cString: $0) }), !value.isEmpty else {
      throw ConfigurationError(
        description: "the environment variable \(env) is not set; it has to hold \(purpose)", pointer: pointer)
    }
    guard value.utf8.count >= minimumBytes else {
      throw ConfigurationError(
        description: "the secret in \(env) is shorter than \(minimumBytes) bytes; try: openssl rand -hex 32",
        pointer: pointer)
    }
    return value
  }
}
