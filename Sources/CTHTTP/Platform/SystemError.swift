import Glibc

/// What a system call failed with.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The call, and what it was about.
  public let operation: String
  /// `errno`.
  public let code: Int32

  public init(_ operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  /// With the code of the call that has just failed.
  init(_ operation: String) { self.init(operation, code: errno) }

  /// What the system says about the code.
  public var reason: String { String(cString: strerror(code)) }

  public var description: String { "\(operation): \(reason) (errno \(code))" }
}
