public import CTCrypto
public import CTRuntime

/// Takes personal data out of events: by the schemas' rules, and by detectors in what the schemas do not describe.
///
///     let redactor = StandardRedactor(key: HMACKey(secret))
///     redactor.inspect(name: "note", text: "ring jane@example.com")  // "ring [email hmac:9f…]"
///
/// The key makes hashes that nobody without it can make or guess; keep it as long as events are to be joined by them,
/// and use it for nothing else. In doubt a value is redacted. Redacting what has been redacted changes nothing.
///
/// A class, and immutable: what inspects a text holds on to it, and would copy all of its tables.
public final class StandardRedactor: Redactor {
  let hasher: ContentHasher
  let labels: LabelDetector
  let tables: TableDetector
  let givenNames: GivenNameDetector

  /// JSON within strings within JSON is read so many levels deep; each level doubles its escapes.
  static let deepestNesting = 8

  public init(key: HMACKey) {
    hasher = ContentHasher(key: key)
    let lexicon = KeyLexicon()
    labels = LabelDetector(lexicon: lexicon)
    tables = TableDetector(lexicon: lexicon)
    givenNames = GivenNameDetector()
  }

  public func inspect(name: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>) -> InspectedText? {
    let hint = name.isEmpty ? nil : KeyHint(KeyName(name, labels.lexicon))
    let shape = TextShape(text)
    guard hint != nil || shape.isSuspicious, !text.isEmpty else { return nil }
    return Inspection(redactor: self).inspect(text, shape, hint)
  }
}
