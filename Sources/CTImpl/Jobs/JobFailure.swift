/// What a handler throws when it knows more about a failure than that it happened. Any other error is tried again.
package struct JobFailure: Error, CustomStringConvertible {
  package enum Outlook: Sendable, Hashable {
    /// Trying again will not help: the job becomes a dead letter at once.
    case final
    /// To be tried again, but not before so many seconds have passed; at most the longest wait of the policy.
    case notBefore(seconds: Int)
    /// Nothing has failed, but something else has to be done first: to be looked at again after so many seconds.
    case postponed(seconds: Int)
  }

  package let outlook: Outlook
  package let description: String

  package init(_ outlook: Outlook, _ description: String) {
    self.outlook = outlook
    self.description = description
  }
}
