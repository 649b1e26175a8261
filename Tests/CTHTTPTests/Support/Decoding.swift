import Testing

@testable import CTHTTP

/// What a decoder made of some octets: its requests, and the status it refused the rest with.
struct Decoded: Equatable, CustomStringConvertible {
  var requests: [String] = []
  var refusal: Int?
  /// A request is under way still.
  var isWaiting = false

  var description: String { "\(requests) \(refusal.map(String.init) ?? (isWaiting ? "waiting" : "done"))" }
}

/// Feeds octets in pieces, each as its own input, and admits every request with the same limit.
func decode(_ pieces: [ArraySlice<UInt8>], bodyLimit: Int = 1 << 20, limits: HTTPLimits = .init()) -> Decoded {
  var decoder = HTTPRequestDecoder(limits: limits)
  var result = Decoded()
  do throws(HTTPFault) {
    for piece in pieces {
      let input = Array(piece)
      try feed(input, to: &decoder, into: &result, bodyLimit: bodyLimit)
    }
  } catch {
    result.refusal = error.status.code
  }
  result.isWaiting = !decoder.isIdle
  return result
}

private func feed(
  _ input: [UInt8], to decoder: inout HTTPRequestDecoder, into result: inout Decoded, bodyLimit: Int
) throws(HTTPFault) {
  var offset = 0
  var isAnnounced = false
  while offset < input.count || isAnnounced {
    isAnnounced = false
    switch try decoder.decode(input.span, &offset) {
    case .needsMore: break
    case .head:
      try decoder.begin(bodyLimit: bodyLimit)
      isAnnounced = true
    case .request(let head, let body):
      let text = String(decoding: body, as: UTF8.self)
      result.requests.append("\(head.method) \(String(decoding: head.target, as: UTF8.self)) \(text)")
    }
  }
}

func decode(_ text: String, bodyLimit: Int = 1 << 20, limits: HTTPLimits = .init()) -> Decoded {
  decode([Array(text.utf8)[...]], bodyLimit: bodyLimit, limits: limits)
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Array {
  /// The same elements in pieces of random length.
  func split(using generator: inout SeededGenerator) -> [ArraySlice<Element>] {
    var pieces: [ArraySlice<Element>] = []
    var start = 0
    while start < count {
      let end = Swift.min(count, start + Int.random(in: 1...40, using: &generator))
      pieces.append(self[start..<end])
      start = end
    }
    return pieces
  }
}

/// Octets as a test's argument, shown without their control characters.
struct Wire: Sendable, ExpressibleByStringInterpolation, CustomTestStringConvertible {
  var text: String
  init(stringLiteral text: String) { self.text = text }
  var testDescription: String { String(text.prefix(60)).debugDescription }
}
