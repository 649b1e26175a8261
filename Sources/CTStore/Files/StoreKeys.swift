package import CTCrypto

/// The keys that are derived from the store's one secret, each for one purpose.
package struct StoreKeys: Sendable {
  /// For digests of raw bodies: ``EventRecord/bodyDigest``.
  package let body: HMACKey
  /// For values that redaction replaces by a keyed digest, so that joins still work.
  package let redaction: HMACKey
  /// For the checkpoints of the log.
  package let checkpoint: HMACKey
  /// For links that let somebody download an artifact.
  package let links: HMACKey
  /// For bodies that are kept as they came.
  package let originals: AEADKey
  /// For the inputs of runs that hold personal data, which only the executor may see.
  package let runInputs: AEADKey
  /// For the cursors that clients hand back.
  let cursor: HMACKey
  /// Names the secret without telling it; the database holds it, so that a wrong key file is noticed at the start.
  let identifier: [UInt8]

  init(secret: [UInt8]) {
    let master = HMACKey(secret)
    func derive(_ purpose: String) -> Digest { master.tag("control-tower/\(purpose)/v1".utf8) }
    body = HMACKey(derive("body-digest").bytes)
    redaction = HMACKey(derive("redaction").bytes)
    checkpoint = HMACKey(derive("checkpoint").bytes)
    links = HMACKey(derive("links").bytes)
    guard let originals = AEADKey(derive("originals").bytes), let inputs = AEADKey(derive("run-inputs").bytes) else {
      preconditionFailure("a digest has 32 bytes")
    }
    self.originals = originals
    runInputs = inputs
    cursor = HMACKey(derive("cursor").bytes)
    identifier = Array(derive("key-identifier").bytes.prefix(8))
  }
}
