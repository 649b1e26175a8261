import Glibc

/// Why an artifact could not be put, found or read.
package struct ArtifactError: Error, Sendable, Equatable {
  package enum Code: String, Sendable {
    /// There is no artifact of this name.
    case notFound = "not-found"
    /// What was asked for lies outside of the artifact.
    case outOfRange = "out-of-range"
    /// What is stored is not what was put there.
    case damaged
    /// The storage is full; it works again by itself once there is space.
    case full
    /// The storage cannot be read or written.
    case unavailable
    /// The folder holds something else, or was made by a later version.
    case foreign
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Whether the same call may succeed later with nothing changed by the caller.
  package var isTransient: Bool { code == .full || code == .unavailable }

  /// What an operator can do about it.
  package var hint: String {
    switch code {
    case .notFound: "List what there is: control-tower artifacts list."
    case .outOfRange: "Ask for bytes that the artifact has."
    case .damaged: "Restore it from a copy; the disk, or somebody, has changed it."
    case .full: "Free space where the artifacts are kept."
    case .unavailable: "Look at the permissions of the artifacts' folder, and at the kernel log for the disk."
    case .foreign: "Name the folder of a tower's artifacts, or an empty one."
    }
  }

  /// The error that `errno` tells of.
  static func system(_ action: String) -> ArtifactError {
    let number = errno
    let message = "\(action): \(String(cString: strerror(number)))"
    return switch number {
    case ENOSPC, EDQUOT: ArtifactError(.full, message)
    default: ArtifactError(.unavailable, message)
    }
  }
}

extension ArtifactError: CustomStringConvertible {
  package var description: String { "\(message). \(hint)" }
}
