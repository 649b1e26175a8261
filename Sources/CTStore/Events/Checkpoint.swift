package import CTCrypto
package import CTJSON

/// A place in the log with the chain's hash there, signed with the store's key.
///
/// The chain alone shows that a row was touched; whoever rewrites the whole rest of the chain as well has to forge a
/// signature too. Retention cuts the log only at checkpoints, so that what is left still verifies.
package struct Checkpoint: Sendable, Hashable {
  package let seq: Int64
  package let hash: Digest
  package let madeAt: Timestamp
  package let signature: Digest

  /// Signs a place.
  init(seq: Int64, hash: Digest, madeAt: Timestamp, key: HMACKey) {
    self.seq = seq
    self.hash = hash
    self.madeAt = madeAt
    signature = key.tag(Self.signed(seq, hash, madeAt))
  }

  /// Reads a row of the table's columns in their order; `nil` for one that no writer of ours can have made.
  init?(row: Statement) {
    guard let hash = row.withBytes(1, { Digest($0) }), let signature = row.withBytes(3, { Digest($0) }) else {
      return nil
    }
    seq = row.integer(0)
    self.hash = hash
    madeAt = Timestamp(microseconds: row.integer(2))
    self.signature = signature
  }

  func isSigned(by key: HMACKey) -> Bool { key.isValid(signature, for: Self.signed(seq, hash, madeAt)) }

  /// version 1 (1 byte) ‖ seq (8) ‖ hash (32) ‖ madeAt (8)
  private static func signed(_ seq: Int64, _ hash: Digest, _ madeAt: Timestamp) -> [UInt8] {
    var bytes: [UInt8] = [1]
    withUnsafeBytes(of: seq.bigEndian) { bytes.append(contentsOf: $0) }
    hash.append(to: &bytes)
    withUnsafeBytes(of: madeAt.microseconds.bigEndian) { bytes.append(contentsOf: $0) }
    return bytes
  }

  static let columns = "seq, hash, made_at, signature"
}
