public import CTJSON

/// What one pass of decoding and validating a text gathers: every violation, and what is to be redacted.
///
/// Violations carry byte offsets; the JSON Pointers are found afterwards (``PointerFinder``), so that a valid text pays
/// nothing for them.
public struct ValidationContext: ~Copyable {
  struct Fault: Hashable {
    var offset: Int
    var keyword: String
    var detail: String
  }

  /// More violations than this in one text are not kept: their reader needs no list of ten thousand, and the problem's
  /// schema has no room for it.
  static let maximumFaults = 1000

  private(set) var faults: [Fault] = []
  var faultCount = 0
  var trialDepth = 0
  /// The outcomes of trials that may be asked for again.
  var outcomes: [TrialPlace: TrialOutcome]?
  var redaction: RedactionPlan?
  private let direction: Direction

  /// Which way the text goes, for `readOnly` and `writeOnly`.
  public enum Direction: Sendable {
    case request, response
    /// Neither is known: both kinds of properties may be there.
    case none
  }

  /// - Parameters:
  ///   - redactor: makes the replacements for what the schemas mark with `x-ct-redact`; `nil` leaves all as is.
  ///   - direction: which way the text goes.
  public init(redactor: (any Redactor)?, direction: Direction = .none) {
    redaction = redactor.map(RedactionPlan.init)
    self.direction = direction
  }

  /// Without a redactor: apart from the other, since an optional one costs even where there is none.
  /// - Parameter direction: which way the text goes.
  public init(direction: Direction = .none) { self.direction = direction }

  /// Whether `readOnly` properties may not be there.
  public var isRequest: Bool { direction == .request }

  /// Whether `writeOnly` properties may not be there.
  public var isResponse: Bool { direction == .response }

  /// Whether no violation was met yet.
  public var isValid: Bool { faultCount == 0 }

  /// Notes a violation of `keyword` by the value that starts at `offset`.
  @inline(never)
  public mutating func fail(_ keyword: String, at offset: Int, _ detail: @autoclosure () -> String) {
    faultCount += 1
    guard trialDepth == 0, faults.count < Self.maximumFaults else { return }
    faults.append(Fault(offset: offset, keyword: keyword, detail: detail()))
  }
}

// MARK: - Results

/// Why a text was not accepted.
public enum JSONDecodingFault: Error, Sendable {
  /// It is not JSON (RFC 8259).
  case syntax(JSONSyntaxError)
  /// It is JSON that breaks its schema: every violation, in the text's order.
  case violations([SchemaViolation])
}

extension ValidationContext {
  /// The outcome of the pass: throws what is wrong with the text.
  public func finish(_ json: inout JSONReader) throws(JSONDecodingFault) {
    json.finish()
    if let error = json.syntaxError { throw .syntax(error) }
    guard faultCount > 0 else { return }
    throw .violations(violations(in: json))
  }

  func violations(in json: borrowing JSONReader) -> [SchemaViolation] {
    let bytes = Array(json.source(0..<json.offset))
    let pointers = PointerFinder.pointers(to: faults.map(\.offset), in: bytes)
    // A value may have been looked at twice; what is wrong with it is said once.
    var said: Set<Fault> = []
    return faults.sorted { $0.offset < $1.offset }.filter { said.insert($0).inserted }.map {
      SchemaViolation(pointer: pointers[$0.offset] ?? "", keyword: $0.keyword, detail: $0.detail)
    }
  }
}
