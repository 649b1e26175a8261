import Testing

@testable import CTHTTP

@Suite("HTTP/1.1 request codec")
struct RequestDecoderTests {
  @Test("is read as", arguments: acceptedCases)
  func accepts(_ row: CodecCase) {
    #expect(decode(row.wire) == Decoded(requests: row.requests))
  }

  @Test("is refused", arguments: refusedCases)
  func refuses(_ row: CodecCase) {
    let decoded = decode(row.wire)
    #expect(decoded.requests == row.requests)
    #expect(decoded.refusal == row.refusal)
  }

  @Test("reads the same octet by octet", arguments: acceptedCases + refusedCases)
  func octetByOctet(_ row: CodecCase) {
    let wire = Array(row.wire.utf8)
    let decoded = decode(wire.indices.map { wire[$0...$0] })
    #expect(decoded.requests == row.requests)
    #expect(decoded.refusal == row.refusal)
  }

  @Test("reads the same in random pieces")
  func randomPieces() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    for row in acceptedCases + refusedCases {
      for _ in 0..<20 {
        let decoded = decode(Array(row.wire.utf8).split(using: &generator))
        #expect(decoded.requests == row.requests, "seed \(seed), \(row.name)")
        #expect(decoded.refusal == row.refusal, "seed \(seed), \(row.name)")
      }
    }
  }

  @Test("an accepted request with octets damaged never traps")
  func damaged() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    for row in acceptedCases {
      for _ in 0..<200 {
        var wire = Array(row.wire.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          wire[Int.random(in: wire.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let whole = decode([wire[...]])
        let pieces = decode(wire.split(using: &generator))
        #expect(whole.requests == pieces.requests, "seed \(seed), \(wire)")
        #expect(whole.refusal == pieces.refusal, "seed \(seed), \(wire)")
      }
    }
  }

  @Test("limits of a body", arguments: [(3, nil), (2, 413)] as [(Int, Int?)])
  func bodyLimit(limit: Int, refusal: Int?) {
    let length = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    let chunks = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    #expect(decode(length, bodyLimit: limit).refusal == refusal)
    #expect(decode(chunks, bodyLimit: limit).refusal == refusal)
  }

  @Test("a Content-Length over the limit is refused before its body")
  func refusedBeforeBody() {
    #expect(decode("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n", bodyLimit: 3).refusal == 413)
  }

  @Test("a head of 16 KiB fed octet by octet takes linear time")
  func linear() {
    let value = String(repeating: "b", count: 7_000)
    let wire = Array("GET / HTTP/1.1\r\nHost: a\r\nA: \(value)\r\nB: \(value)\r\n\r\n".utf8)
    let start = ContinuousClock.now
    for _ in 0..<20 { #expect(decode(wire.indices.map { wire[$0...$0] }).requests.count == 1) }
    // Quadratic rescanning would look at 2 * 10^9 octets here; linear work takes some milliseconds.
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("parts of a head")
  func parts() throws {
    let head = try HTTPRequestHead(
      method: .get, target: "/a%20b/c?d=e?f", fields: ["Accept": "x", "X-Two": "1", "x-two": "2"])
    #expect(Array(head.path) == Array("/a%20b/c".utf8))
    #expect(head.query.map(Array.init) == Array("d=e?f".utf8))
    #expect(head.value(of: "ACCEPT").map(Array.init) == Array("x".utf8))
    #expect(head.values(of: "X-TWO").map(Array.init) == [[0x31], [0x32]])
    #expect(head.value(of: "absent") == nil)
    #expect(head.fields.count == 4)
    #expect(throws: HTTPFault.self) { try HTTPRequestHead(method: .get, target: "/a b") }
    #expect(throws: HTTPFault.self) { try HTTPRequestHead(method: .get, target: "/ HTTP/1.1\r\nHost: a\r\n\r\n") }
  }
}
