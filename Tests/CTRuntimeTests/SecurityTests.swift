import CTHTTP
import Testing

@testable import CTRuntime

/// Of the alternatives of `security` one has to be satisfied, in whatever order they stand (OpenAPI 3.1, section 4.8.30).
@Suite struct SecurityTests {
  private static let anyToken = SecurityRequirement(bearerRoles: [])
  private static let owner = SecurityRequirement(bearerRoles: ["owner"])
  private static let signed = SecurityRequirement(signature: rule("X-Signature"))
  private static let signedOtherwise = SecurityRequirement(signature: rule("X-Other"))
  private static let signedByOwner = SecurityRequirement(bearerRoles: ["owner"], signature: rule("X-Signature"))
  private static let open = SecurityRequirement()

  struct Case: Sendable, CustomTestStringConvertible {
    var alternatives: [SecurityRequirement]
    var role: String?
    var signs: String?
    var status: Int
    var testDescription: String {
      "\(alternatives.map { "\($0.bearerRoles ?? ["-"]) \($0.signature?.field ?? "-")" }), \(role ?? "-"), \(signs ?? "-")"
    }
  }

  @Test(arguments: [
    Case(alternatives: [], status: 204),
    Case(alternatives: [anyToken], role: "viewer", status: 204),
    Case(alternatives: [anyToken], status: 401),
    Case(alternatives: [owner], role: "owner", status: 204),
    Case(alternatives: [owner], role: "viewer", status: 403),
    Case(alternatives: [owner, anyToken], role: "viewer", status: 204),
    Case(alternatives: [signed], signs: "X-Signature", status: 204),
    Case(alternatives: [signed], status: 401),
    Case(alternatives: [signed], signs: "X-Other", status: 401),
    Case(alternatives: [signed, signedOtherwise], signs: "X-Other", status: 204),
    Case(alternatives: [signed, open], status: 204),
    Case(alternatives: [open, signed], status: 204),
    Case(alternatives: [signedByOwner], role: "owner", status: 401),
    Case(alternatives: [signedByOwner], role: "owner", signs: "X-Signature", status: 204),
    Case(alternatives: [signedByOwner], signs: "X-Signature", status: 401),
    Case(alternatives: [signedByOwner, owner], role: "owner", status: 204),
    Case(alternatives: [signedByOwner, anyToken], role: "viewer", status: 204),
    Case(alternatives: [signed, owner], role: "owner", status: 204),
    Case(alternatives: [signed, owner], role: "viewer", status: 401),
    Case(alternatives: [signed, owner], role: "viewer", signs: "X-Signature", status: 204),
  ])
  func `one alternative is enough`(_ test: Case) async throws {
    let operation = OperationDescriptor(
      id: "act", method: "POST", path: [.literal("act")], security: test.alternatives, mediaTypes: []
    ) { _ in HTTPResponse(status: .noContent) }
    let handler = APIHandler(operations: [operation], environment: APIEnvironment(security: Policy()))
    var request = ClientRequest(method: "POST", path: ["act"])
    if let role = test.role { request.addHeader("Authorization", "Bearer \(role)") }
    if let field = test.signs { request.addHeader(field, "sha256=00ff") }
    let response = try await InProcessTransport(handler).send(request)
    #expect(response.status == test.status)
  }

  private static func rule(_ field: String) -> SignatureRule {
    SignatureRule(field: field, prefix: "sha256=", algorithm: .sha256)
  }

  /// Tokens are the names of their roles, and there is one signature.
  private struct Policy: SecurityPolicy {
    func principal(bearer token: ArraySlice<UInt8>) -> Principal? {
      Principal(name: "test", role: String(decoding: token, as: UTF8.self))
    }

    func isSigned(_ body: [UInt8], by digits: ArraySlice<UInt8>, algorithm: SignatureAlgorithm) -> Bool {
      digits.elementsEqual("00ff".utf8)
    }
  }
}
