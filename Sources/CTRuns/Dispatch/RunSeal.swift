import CTCrypto
import Synchronization

/// Encrypts the inputs of a run, bound to its id.
struct RunSeal {
  let key: AEADKey

  func seal(_ inputs: [UInt8], runId: String) -> String {
    Base64URL.encode(key.seal(inputs, context: Array(runId.utf8)))
  }

  /// `nil` when it was sealed with another key, or for another run.
  func open(_ text: String, runId: String) -> [UInt8]? {
    Base64URL.decode(text.utf8).flatMap { key.open($0, context: Array(runId.utf8)) }
  }
}

/// The last checkpoint that was reported: progress without one does not forget it.
final class LatestCheckpoint: Sendable {
  private let checkpoint = Mutex<[UInt8]?>(nil)

  func latest(_ new: [UInt8]?) -> [UInt8]? {
    checkpoint.withLock { checkpoint in
      checkpoint = new ?? checkpoint
      return checkpoint
    }
  }
}
