/// The detectors, by the names that reports and the corpus use.
public enum Detector: String, CaseIterable, Sendable {
  case email
  case phone
  case iban
  case paymentCard = "payment-card"
  case niNumber = "ni-number"
  case bankAccount = "bank-account"
  case postcode
  case ipAddress = "ip-address"
  case jwt
  case privateKey = "private-key"
  case token
  case secret
  case name
  case address
  case dateOfBirth = "date-of-birth"
  case identityNumber = "identity-number"
  case fileBytes = "file-bytes"
  case stackTrace = "stack-trace"

  /// What stands in for a value that was found.
  enum Rendering {
    /// A keyed hash, so that events about the same person can be joined: what the event schema asks for, too.
    case hash
    /// The detector's name and nothing of the value.
    case mark
    /// A reference with the value's size and hash.
    case pointer
  }

  var rendering: Rendering {
    switch self {
    case .email, .iban: .hash
    case .fileBytes, .stackTrace: .pointer
    default: .mark
    }
  }
}
