public import CTRedaction

/// A labelled text: what is to be found in it, and what must not be left of it.
public struct Sample: Sendable {
  /// The detector that is to find something, or `nil` for a text that is to stay as it is.
  public var detector: Detector?
  /// What kind of sample it is, for a person who looks at a miss.
  public var kind: String
  /// The name of the member that holds the text.
  public var name = ""
  public var text: String
  /// What identifies somebody; not to be found in the redacted text.
  public var core: String
}
