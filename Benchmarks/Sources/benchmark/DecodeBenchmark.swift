import BenchAPI
import BenchDocument
import CTJSON
import CTRuntime
import Foundation

/// Decoding and validating in one pass, against `JSONDecoder`, which only decodes.
enum DecodeBenchmark {
  private struct CodableEvent: Codable {
    struct Payload: Codable {
      var invoiceId: String
      var period: String
      var total: Double
    }

    var eventId: String
    var type: String
    var ts: String
    var source: String
    var payload: Payload
  }

  private static let event = """
    {"eventId":"evt_demo_001","type":"finance.invoice.generated","ts":"2025-09-27T10:00:00Z","source":"finance",\
    "payload":{"invoiceId":"INV-2025-0912","period":"2025-09","total":1234.56}}
    """

  static func rows() -> [Row] {
    compare("event", event, Event.self, CodableEvent.self)
      + compare("document of 100 fields", Sample.document, Document.self, CodableDocument.self)
  }

  private static func compare<Ours: JSONDecodable, Theirs: Decodable>(
    _ name: String, _ text: String, _: Ours.Type, _: Theirs.Type
  ) -> [Row] {
    let bytes = Array(text.utf8)
    let data = Data(bytes)
    let decoder = JSONDecoder()
    let costs = measure([
      { do throws(JSONDecodingFault) { use(try Ours(json: bytes)) } catch { fatalError("\(name): \(error)") } },
      { do { use(try decoder.decode(Theirs.self, from: data)) } catch { fatalError("\(name): \(error)") } },
    ])
    let (ours, theirs) = (costs[0], costs[1])
    let ratio = theirs.nanoseconds / ours.nanoseconds
    return [
      Row(
        name: "\(name): decode and validate",
        value:
          "\(rounded(ours.nanoseconds, 0)) ns, JSONDecoder \(rounded(theirs.nanoseconds, 0)) ns: \(rounded(ratio))x",
        target: "10x", isMet: ratio >= 10),
      Row(
        name: "\(name): allocations", value: "\(rounded(ours.allocations)), JSONDecoder \(rounded(theirs.allocations))",
        target: "not one for each scalar", isMet: ours.allocations <= 20),
    ]
  }
}
