/// What a member's name says its value is, and which values that holds for.
struct KeyHint {
  enum Condition {
    /// Any value but a placeholder such as `none`.
    case any
    /// Words of letters: `customer` may hold a name or an identifier.
    case looksLikeName
    /// Two words or more that begin with a capital: `to` holds a person, a number, a branch or a state.
    case looksLikeFullName
    /// At least this many digits: `account` may hold a number or a plan.
    case digits(Int)
    /// Five digits or more, or three and nothing but digits: `phone` may hold a model, `cell` a place in a sheet.
    case looksDialled
  }

  let detector: Detector
  let condition: Condition

  private init(_ detector: Detector, _ condition: Condition = .any) {
    self.detector = detector
    self.condition = condition
  }

  /// The hint in a name, if it has one. The order matters: what comes first is the more certain.
  init?(_ key: KeyName) {
    if key.all.isEmpty { return nil }
    guard let hint = Self.number(key) ?? Self.secret(key) ?? Self.contact(key) ?? Self.person(key) else { return nil }
    self = hint
  }

  /// What is made of two words, the second of which alone says little: `sortCode`, `cardNumber`, `taxId`.
  private static func number(_ key: KeyName) -> KeyHint? {
    if key.all.contains(.birth), !key.last.contains(.about) { return KeyHint(.dateOfBirth) }
    if key.last.contains(.bankAccount) || (key.all.contains(.sort) && key.last.contains(.code)) {
      return KeyHint(.bankAccount, .digits(6))
    }
    if key.all.contains(.account), key.last.contains(.account) || key.last.contains(.number) {
      return KeyHint(.bankAccount, .digits(6))
    }
    if key.before.contains(.bank), key.last.isEmpty || key.last.contains(.content) || key.last.contains(.number) {
      return KeyHint(.bankAccount, .digits(6))
    }
    if key.last.contains(.niNumber) || (key.before.contains(.niNumber) && key.last.contains(.number))
      || (key.before.contains(.national) && key.last.contains(.number))
    {
      return KeyHint(.niNumber, .digits(4))
    }
    if key.last.contains(.iban) || (key.before.contains(.iban) && key.last.contains(.number)) { return KeyHint(.iban) }
    if key.all.contains(.card), key.last.contains(.number) || key.last.contains(.card) {
      return KeyHint(.paymentCard, .digits(8))
    }
    if key.last.contains(.identity) || (key.before.contains(.identity) && key.last.contains(.number)) {
      return KeyHint(.identityNumber, .digits(4))
    }
    if key.before.contains(.personal), !key.last.isDisjoint(with: [.identifier, .number]) {
      return KeyHint(.identityNumber, .digits(4))
    }
    // `to_number`; the numbers of pages and lines are shorter.
    if key.before.contains(.party), key.last.contains(.number) { return KeyHint(.phone, .digits(9)) }
    return nil
  }

  private static func secret(_ key: KeyName) -> KeyHint? {
    if key.last.contains(.session) || (key.before.contains(.session) && key.last.contains(.identifier)) {
      return KeyHint(.secret, .digits(1))
    }
    if key.last.contains(.secret) { return KeyHint(.secret) }
    if key.last.contains(.key), key.before.contains(.keyQualifier) { return KeyHint(.secret) }
    let isKey = key.before.contains(.secret) || key.before.isSuperset(of: [.key, .keyQualifier])
    if isKey, key.last.contains(.content) { return KeyHint(.secret) }
    // `passwordAgain`, but not `passwordLength`, `tokenId` or `jwtIssuer`.
    if key.before.contains(.secret), key.last.isEmpty, !key.before.contains(.thing) { return KeyHint(.secret) }
    return nil
  }

  private static func contact(_ key: KeyName) -> KeyHint? {
    if key.last.contains(.email) || (key.before.contains(.email) && key.last.contains(.address)) {
      return KeyHint(.email)
    }
    if key.last.contains(.phone) || (key.before.contains(.phone) && key.last.contains(.number)) {
      return KeyHint(.phone, .looksDialled)
    }
    if key.last.contains(.postal) || (key.before.contains(.postal) && key.last.contains(.code)) {
      return KeyHint(.postcode)
    }
    if key.all.contains(.address), !key.last.contains(.about), !key.all.contains(.network),
      key.last.contains(.address) || key.last.contains(.number) || key.last.isEmpty
    {
      return KeyHint(.address)
    }
    return nil
  }

  private static func person(_ key: KeyName) -> KeyHint? {
    if key.last.contains(.personalName) { return KeyHint(.name) }
    if key.last.contains(.name) {
      let isThing = key.before.contains(.thing) && key.before.isDisjoint(with: [.role, .namePart])
      return isThing ? nil : KeyHint(.name)
    }
    if key.all.subtracting([.givenName, .namePart, .name]).isEmpty, key.last.contains(.givenName) {
      return KeyHint(.name, .looksLikeName)
    }
    if key.last.contains(.content), key.before.contains(.role) { return KeyHint(.name, .looksLikeName) }
    // `createdBy`, but not `sortBy` or `groupBy`.
    if key.last.contains(.role), key.before.isDisjoint(with: [.sort, .about]) || key.before.contains(.role) {
      return KeyHint(.name, .looksLikeName)
    }
    // `to`, `billTo`, but not `statusTo`.
    if key.last.contains(.party), key.before.subtracting([.party, .role]).isEmpty {
      return KeyHint(.name, .looksLikeFullName)
    }
    return nil
  }
}
