import CTHTTP
import CTRuntime
import Synchronization

/// Does what each test says.
struct TestAPI: ContractAPI {
  var report: @Sendable (GetReport.Input) async throws -> GetReport.Output = { _ in throw Unused() }
  var note: @Sendable (AddNote.Input) async throws -> AddNote.Output = { _ in throw Unused() }
  var styles: @Sendable (ReadStyles.Input) async throws -> ReadStyles.Output = { _ in throw Unused() }
  var names: @Sendable (SelfOperation.Input) async throws -> SelfOperation.Output = { _ in throw Unused() }
  var account: @Sendable (OpenAccount.Input) async throws -> OpenAccount.Output = { _ in throw Unused() }

  func getReport(_ input: GetReport.Input) async throws -> GetReport.Output { try await report(input) }
  func addNote(_ input: AddNote.Input) async throws -> AddNote.Output { try await note(input) }
  func readStyles(_ input: ReadStyles.Input) async throws -> ReadStyles.Output { try await styles(input) }
  func openAccount(_ input: OpenAccount.Input) async throws -> OpenAccount.Output { try await account(input) }

  var handler: APIHandler { APIHandler(operations: operations, environment: APIEnvironment()) }
  var transport: InProcessTransport { InProcessTransport(handler) }
  var client: ContractClient { ContractClient(APIClient(transport: transport)) }

  /// Sends a request as it is, past the generated client.
  func send(
    _ method: String, _ path: [String], fields: [(String, String)] = [], query: [(String, String)] = [],
    body: String? = nil, as mediaType: String? = nil
  ) async throws -> ClientResponse {
    var request = ClientRequest(method: method, path: path)
    for (name, value) in query { request.addQuery(name, value) }
    for (name, value) in fields { request.addHeader(name, value) }
    if let body { request.setBody(Array(body.utf8), mediaType: mediaType ?? "application/json") }
    return try await transport.send(request)
  }

  struct Unused: Error {}
}

extension ClientResponse {
  var text: String { String(decoding: body, as: UTF8.self) }
}
