internal import CTHTTP
internal import CTJSON
package import CTRuntime
package import CTStore

extension StoreError: ProblemConvertible {
  /// What a caller is told: when to come again, or what to change; what is wrong with the disk is for the log.
  package var problem: ProblemDetails {
    switch code {
    case .invalidCursor, .cursorOfOtherFilter:
      let detail = "The cursor is none that this list gave out; start again without it."
      return ProblemDetails(
        .badRequest, detail, violations: [.init(pointer: "/query/cursor", keyword: "cursor", detail: message)])
    case .overloaded:
      return ProblemDetails(.serviceUnavailable, "Events arrive faster than they can be recorded.", retryAfter: 1)
    case _ where isTransient:
      let detail = "Events cannot be recorded at the moment; nothing was acknowledged that is not on disk."
      return ProblemDetails(.serviceUnavailable, detail, retryAfter: 5)
    default:
      return ProblemDetails(.internalServerError, "The store failed; the tower's log has the reason.")
    }
  }
}
