internal import CTCrypto
internal import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTJSON
internal import Synchronization

/// Reads until when the certificates of the configuration are valid: those in files, and those that servers show.
final class CertificateWatch: Sendable {
  private enum Place: Sendable {
    case file(String)
    case server(HTTPOrigin)
  }

  private struct Watched: Sendable {
    let name: String
    let place: Place
  }

  private let certificates: [Watched]
  private let client: HTTPClient
  private let clock: TowerClock
  private let log: Log
  /// What servers have shown, and when, by name.
  private let seen = Mutex<[String: (end: Timestamp, at: Timestamp)]>([:])

  /// A server that does not answer is taken for what it showed last, for so long.
  private static let patience = Span.day

  /// - Throws: ``ConfigurationError`` for two of one name, and for what is no URL of a server.
  init(
    _ certificates: [WatchedCertificate], outbound: OutboundPolicy, clock: TowerClock, log: Log
  ) throws(ConfigurationError) {
    var watched: [Watched] = []
    for (place, certificate) in certificates.enumerated() {
      guard !watched.contains(where: { $0.name == certificate.name }) else {
        throw ConfigurationError(
          description: "there are two certificates called '\(certificate.name)'", pointer: "/certificates/\(place)")
      }
      watched.append(Watched(name: certificate.name, place: try Self.place(certificate, place)))
    }
    self.certificates = watched
    var configuration = HTTPClientConfiguration()
    configuration.outbound = outbound
    configuration.connectTimeout = .seconds(5)
    configuration.maximumThreads = 4
    client = HTTPClient(configuration: configuration)
    self.clock = clock
    self.log = log
  }

  private static func place(_ certificate: WatchedCertificate, _ number: Int) throws(ConfigurationError) -> Place {
    if let file = certificate.file { return .file(file) }
    guard let url = certificate.url.flatMap({ URLParts($0) }) else {
      throw ConfigurationError(
        description: "this is no server's URL, such as https://tower.example.com:8443",
        pointer: "/certificates/\(number)/url")
    }
    return .server(url.origin)
  }

  /// In the order of the configuration; servers are asked at the same time.
  func read() async -> [TowerFacts.Certificate] {
    await withTaskGroup(of: (Int, TowerFacts.Certificate).self) { group in
      for (number, certificate) in certificates.enumerated() {
        group.addTask { (number, TowerFacts.Certificate(name: certificate.name, await self.validity(certificate))) }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func validity(_ certificate: Watched) async -> TowerFacts.Certificate.Validity {
    let reason: String
    switch certificate.place {
    case .file(let path):
      do throws(CertificateFile.Fault) {
        return .until(Timestamp(microseconds: try CertificateFile.notAfter(path) * Span.second))
      } catch {
        reason = error.description
      }
    case .server(let origin):
      do throws(HTTPClientError) {
        let end = Timestamp(microseconds: try await client.certificateEnd(of: origin) * Span.second)
        seen.withLock { $0[certificate.name] = (end, clock.now()) }
        return .until(end)
      } catch {
        reason = error.description
      }
    }
    log.write(
      .warning, "a watched certificate cannot be read",
      [("certificate", .string(certificate.name)), ("reason", .string(reason))])
    let known = seen.withLock { $0[certificate.name] }
    if let known, clock.now().microseconds - known.at.microseconds < Self.patience { return .until(known.end) }
    return .unknown(reason)
  }
}
