internal import CTCrypto
internal import CTGenerated
internal import CTHealth
internal import CTJSON

/// Reads until when the certificates of the configuration are valid.
struct CertificateWatch: Sendable {
  private let certificates: [WatchedCertificate]
  private let log: Log

  init(_ certificates: [WatchedCertificate], log: Log) {
    self.certificates = certificates
    self.log = log
  }

  /// One that cannot be read counts as expired: nobody would notice otherwise.
  func read() async -> [TowerFacts.Certificate] {
    certificates.map { certificate in
      do throws(CertificateFile.Fault) {
        let seconds = try CertificateFile.notAfter(certificate.file)
        return TowerFacts.Certificate(name: certificate.name, notAfter: Timestamp(microseconds: seconds * 1_000_000))
      } catch {
        log.write(.error, "a watched certificate cannot be read", [("reason", .string(error.description))])
        return TowerFacts.Certificate(name: certificate.name, notAfter: Timestamp(microseconds: 0))
      }
    }
  }
}
