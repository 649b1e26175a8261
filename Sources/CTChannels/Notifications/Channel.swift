/// A way to reach people.
package protocol Channel: Sendable {
  /// Delivers a notification, which may be one that was delivered before.
  ///
  /// - Returns: what the receiver said, in a line for the person who tests the channel.
  /// - Throws: ``DeliveryError``.
  func send(_ notification: Notification) async throws(DeliveryError) -> String
}

/// Why something could not be delivered, and whether it may succeed later.
package struct DeliveryError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Outlook: Sendable, Hashable {
    /// The same may succeed later; not before so many seconds have passed, where the receiver says so.
    case passing(retryAfter: Int? = nil)
    /// It will fail again until a person changes something.
    case final
  }

  package let outlook: Outlook
  /// What went wrong, with whom, and what to do about it; holds no secret.
  package let reason: String

  package init(_ outlook: Outlook, _ reason: String) {
    self.outlook = outlook
    self.reason = reason
  }

  package var isFinal: Bool { outlook == .final }
  package var description: String { reason }
}
