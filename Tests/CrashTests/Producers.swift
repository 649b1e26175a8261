import CTCrypto
import CTHTTP
import CTJSON

/// Many connections that send events as fast as they are acknowledged.
struct Producers {
  let origin: HTTPOrigin
  let ledger: Ledger
  let client: HTTPClient

  private static let secret = HMACKey("replace-with-CT_WEBHOOK_SECRET".utf8)

  init(_ origin: HTTPOrigin, _ ledger: Ledger) {
    self.origin = origin
    self.ledger = ledger
    var configuration = HTTPClientConfiguration()
    configuration.responseTimeout = .seconds(20)
    client = HTTPClient(configuration: configuration)
  }

  /// Sends until the tower is gone.
  func run(connections: Int, prefix: String, seed: UInt64) async {
    await withTaskGroup(of: Void.self) { group in
      for connection in 0..<connections {
        group.addTask {
          var random = SeededRandom(seed: seed &+ UInt64(connection))
          var number = 0
          var goesOn = true
          while goesOn {
            let id = "evt_\(prefix)_\(connection)_\(number)"
            let entry = Self.entry(id, number: number, &random)
            ledger.note(entry, id: id)
            goesOn = await send(id, entry) != nil
            number += 1
          }
        }
      }
    }
  }

  /// Sends one event, and notes when it is acknowledged.
  /// - Returns: the receipt's status and whether the body was the first one; `nil` when no answer came.
  func send(_ id: String, _ entry: Ledger.Entry) async -> (status: String, bodyMatches: Bool?)? {
    guard let response = try? await client.send(request(entry)) else { return nil }
    guard response.status.code == 202, let receipt = try? JSONValue(parsing: response.body),
      let status = receipt["status"]?.string
    else {
      ledger.complain("\(id): \(response.status.code) \(String(decoding: response.body, as: UTF8.self))")
      return ("", nil)
    }
    ledger.acknowledge(id)
    return (status, receipt["bodyMatches"]?.bool)
  }

  func request(_ entry: Ledger.Entry) -> HTTPClientRequest {
    HTTPClientRequest(
      .post, URLParts(origin: origin, target: "/events"),
      fields: [
        "Authorization": HTTPFieldValue(lossy: "Bearer DEV_TOKEN_\(entry.source.uppercased())"),
        "Content-Type": "application/json",
        "X-CT-Signature": HTTPFieldValue(lossy: "sha256=\(Self.secret.tag(entry.body).hex)"),
      ], body: entry.body)
  }

  /// An event that is like any other.
  static func plain(_ id: String) -> Ledger.Entry {
    var random = SeededRandom(seed: 1)
    return entry(id, number: 0, &random)
  }

  private static func entry(_ id: String, number: Int, _ random: inout SeededRandom) -> Ledger.Entry {
    let isError = random.next() % 8 == 0
    let source = isError ? "backend" : "finance"
    let type = isError ? "backend.fn.error" : "finance.invoice.generated"
    let note = String(repeating: "ä\\u00e9\\n", count: Int(random.next() % 60))
    let payload =
      isError
      ? #"{"fnName":"timesheetParse","severity":"high","stackRef":"gs://logs/\#(number).txt"}"#
      : #"{ "invoiceId":"INV-\#(number)","period":"2025-09","total":12.50, "note":"\#(note)"}"#
    let minute = random.next() % 60
    let body =
      #"{"eventId":"\#(id)","type":"\#(type)","ts":"2025-09-27T10:\#(minute < 10 ? "0" : "")\#(minute):00Z","#
      + #""source":"\#(source)","payload":\#(payload)}"#
    return Ledger.Entry(type: type, source: source, payload: payload, body: Array(body.utf8))
  }
}
