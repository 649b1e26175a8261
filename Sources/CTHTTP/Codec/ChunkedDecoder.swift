/// Takes the chunked transfer coding off a body (RFC 9112, section 7.1). Extensions are checked and ignored, trailer
/// fields are checked and dropped; both are bounded, so that a small body cannot cost a large transfer.
struct ChunkedDecoder {
  private enum State { case size, extensionStart, extensions, sizeEnd, data, dataEnd, dataEndLF, trailers, done }

  private let limits: HTTPLimits
  private var state = State.size
  private var size = 0
  private var sizeDigits = 0
  private var extensionOctets = 0
  private var trailers: HeadAccumulator

  init(limits: HTTPLimits) {
    self.limits = limits
    trailers = HeadAccumulator(kind: .trailers, limits: limits)
  }

  /// Moves content from `input` into `body`, up to `limit` octets in all. True once the body is complete.
  mutating func decode(
    _ input: Span<UInt8>, _ offset: inout Int, into body: inout [UInt8], limit: Int
  ) throws(HTTPFault) -> Bool {
    while offset < input.count {
      switch state {
      case .data: copy(input, &offset, into: &body)
      case .trailers:
        guard try trailers.take(input, &offset) != nil else { return false }
        state = .done
        return true
      case .done: return true
      default:
        try takeFraming(input[offset])
        offset += 1
        if state == .data && size > limit - body.count {
          throw HTTPFault(.contentTooLarge, "the content is larger than is taken here")
        }
      }
    }
    return state == .done
  }

  private mutating func copy(_ input: Span<UInt8>, _ offset: inout Int, into body: inout [UInt8]) {
    let count = min(size, input.count - offset)
    body.append(input.extracting(offset..<(offset + count)))
    offset += count
    size -= count
    if size == 0 { state = .dataEnd }
  }

  private mutating func takeFraming(_ octet: UInt8) throws(HTTPFault) {
    switch state {
    case .size: try takeSize(octet)
    case .extensionStart, .extensions: try takeExtension(octet)
    case .sizeEnd:
      try require(octet == Octet.lf)
      state = size == 0 ? .trailers : .data
      sizeDigits = 0
    case .dataEnd:
      try require(octet == Octet.cr)
      state = .dataEndLF
    case .dataEndLF:
      try require(octet == Octet.lf)
      state = .size
    case .data, .trailers, .done: break
    }
  }

  private mutating func takeSize(_ octet: UInt8) throws(HTTPFault) {
    if let digit = Octet.hexValue(octet) {
      sizeDigits += 1
      guard sizeDigits <= 16 else { throw HTTPFault(.malformed, "a chunk size of more than 16 digits") }
      // Saturated: it stays larger than every limit.
      size = size > (Int.max - 15) / 16 ? .max : size * 16 + Int(digit)
      return
    }
    try require(sizeDigits > 0)
    switch octet {
    case Octet.cr: state = .sizeEnd
    case Octet.semicolon: state = .extensions
    case Octet.space, Octet.tab: state = .extensionStart
    default: try require(false)
    }
  }

  private mutating func takeExtension(_ octet: UInt8) throws(HTTPFault) {
    extensionOctets += 1
    guard extensionOctets <= limits.head else { throw HTTPFault(.malformed, "too many chunk extensions") }
    if state == .extensionStart {
      if octet == Octet.semicolon { state = .extensions } else { try require(Octet.isBlank(octet)) }
    } else if octet == Octet.cr {
      state = .sizeEnd
    } else {
      try require(Octet.isFieldValue(octet))
    }
  }

  private func require(_ condition: Bool) throws(HTTPFault) {
    guard condition else { throw HTTPFault(.malformed, "the chunked coding is not valid") }
  }
}
