import CTCrypto
import CTHTTP
import CTJSON
import Synchronization

@testable import CTChannels

/// An HTTP server on a free port of this machine that keeps what it is sent, and answers as it is told to.
final class Receiver: HTTPHandler {
  struct Request: Sendable {
    let path: String
    let headers: [String: String]
    let body: [UInt8]

    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
  }

  private let received = Mutex<[Request]>([])
  private let answer: HTTPResponse

  init(_ status: HTTPStatus = .ok, fields: HTTPFields = [:], body: String = "ok") {
    answer = HTTPResponse(status: status, fields: fields, body: .bytes(Array(body.utf8)))
  }

  var requests: [Request] { received.withLock(\.self) }

  func admit(_ head: HTTPRequestHead) -> HTTPAdmission<Void> { .accept((), bodyLimit: 1 << 20) }

  func respond(to request: HTTPRequest, admitted: Void) async -> HTTPResponse {
    let headers = request.head.fields.map {
      (String(decoding: $0.name, as: UTF8.self).lowercased(), String(decoding: $0.value, as: UTF8.self))
    }
    received.withLock {
      $0.append(
        Request(
          path: String(decoding: request.head.path, as: UTF8.self),
          headers: Dictionary(headers) { first, _ in first }, body: request.body))
    }
    return answer
  }

  func rejection(_ fault: HTTPFault, head: HTTPRequestHead?) -> HTTPResponse { HTTPResponse(status: fault.status) }

  /// Runs the server for the length of `body`, which gets the URL of `/hook` there.
  func run<Result>(_ body: (URLParts) async throws -> Result) async throws -> Result {
    var configuration = HTTPServerConfiguration()
    configuration.host = "127.0.0.1"
    configuration.port = 0
    configuration.loops = 1
    let server = HTTPServer(configuration: configuration, handler: self)
    let url = URLParts("http://\(try server.start())/hook")!
    do {
      let result = try await body(url)
      await server.shutdown(grace: .zero)
      return result
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
  }
}

/// A courier that may connect to this machine.
let localCourier = Courier(outbound: .public(allowing: [.host("127.0.0.1")]))
