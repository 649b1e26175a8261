/// What a response must not tell about the inside of a deployment.
enum Internals {
  /// Traces of the usual languages and databases, in error responses only: what callers sent may hold anything.
  private static let traces = [
    "Traceback (most recent call last)", "\n\tat ", "\n    at ", "Fatal error:", "goroutine 1 [", "panic:", "SQLSTATE",
    "sqlite3", "SQLITE_", "SELECT ", "INSERT INTO", ".swift:", ".py\", line", ".java:", ".go:", "/home/", "/usr/lib/",
    "/var/", "node_modules", "stack trace",
  ]
  private static let innerNames = [".internal", ".local", ".svc.cluster", "localhost"]

  static func faults(of observation: Observation, _ spec: SpecCatalog, host: String) -> [ResponseFault] {
    let isError = observation.status >= 400
    let body = isError ? String(decoding: observation.body, as: UTF8.self) : ""
    var faults: [ResponseFault] = []
    if let trace = traces.first(where: { body.contains($0) }) {
      faults.append(
        fault("'\(trace.filter { !$0.isNewline })' in \(observation.statusLine)", spec, "the inside of the deployment"))
    }
    let fields = observation.fields.map(\.value)
    if let address = (fields + [body]).lazy.compactMap({ innerAddress(in: $0, besides: host) }).first {
      faults.append(fault("'\(address)' in \(observation.statusLine)", spec, "an internal address"))
    }
    return faults
  }

  private static func fault(_ seen: String, _ spec: SpecCatalog, _ what: String) -> ResponseFault {
    ResponseFault(
      rule: "response-internals", severity: .error, message: "a response shows \(what)",
      expected: "nothing of the kind",
      seen: seen, clause: spec.reference(.document))
  }

  /// An address of a private network (RFC 1918), of the machine itself, or a name that only an inner network has.
  static func innerAddress(in text: String, besides host: String) -> String? {
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-")) }
    return words.lazy.map { String($0) }.first { word in
      guard word != host else { return false }
      if isInnerIPv4(word) { return true }
      return innerNames.contains { word == $0 || ($0.hasPrefix(".") && word.hasSuffix($0) || word.contains($0 + ".")) }
    }
  }

  private static func isInnerIPv4(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count == 4, let first = parts[0], let second = parts[1], parts[2] != nil, parts[3] != nil else {
      return false
    }
    return first == 10 || first == 127 || first == 192 && second == 168 || first == 172 && 16...31 ~= second
  }
}
