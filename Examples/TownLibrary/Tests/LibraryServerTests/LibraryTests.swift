import CTHTTP
import CTJSON
import CTRuntime
import LibraryServer
import Testing
import TownLibrary

/// A real server on a free port, called by the generated client.
@Suite struct LibraryTests {
  private static let odyssey = Book(isbn: "9780140449136", title: "The Odyssey", authors: ["Homer"], isLent: false)

  private func open(_ body: (URLParts) async throws -> Void) async throws {
    let shelf = Shelf([Self.odyssey])
    let cards = Cards(["desk-card": "librarian", "gate-card": "porter"])
    let server = HTTPServer(
      handler: APIHandler(operations: shelf.operations, environment: APIEnvironment(security: cards)))
    let address = try server.start()
    do {
      try await body(URLParts("http://\(address)")!)
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
    await server.shutdown(grace: .zero)
  }

  private func client(_ base: URLParts, card: String? = nil) -> TownLibraryClient {
    TownLibraryClient(APIClient(transport: HTTPTransport(base: base), credentials: .init(token: card)))
  }

  private let loan = LoanRequest(reader: 7, until: "2026-12-24", handover: .desk(DeskHandover()))

  @Test func `lists books as JSON or as text`() async throws {
    try await open { base in
      let json = try await client(base).listBooks(by: "Homer")
      guard case .ok(let answer) = json, case .json(let books) = answer.body else { throw Unexpected() }
      #expect(books == [Self.odyssey])
      let text = try await client(base).listBooks(accepting: [.plain])
      guard case .ok(let answer) = text, case .plain(let lines) = answer.body else { throw Unexpected() }
      #expect(lines == "9780140449136 The Odyssey\n")
    }
  }

  @Test func `lends a book once, to those who may`() async throws {
    try await open { base in
      guard case .unauthorized = try await client(base).lendBook(body: loan, isbn: Self.odyssey.isbn),
        case .forbidden = try await client(base, card: "gate-card").lendBook(body: loan, isbn: Self.odyssey.isbn),
        case .created(let created) = try await client(base, card: "desk-card")
          .lendBook(body: loan, isbn: Self.odyssey.isbn),
        case .conflict = try await client(base, card: "desk-card").lendBook(body: loan, isbn: Self.odyssey.isbn),
        case .ok(let book) = try await client(base).getBook(isbn: Self.odyssey.isbn)
      else { throw Unexpected() }
      #expect(created.location == "/books/9780140449136")
      #expect(created.body.until == "2026-12-24")
      #expect(book.body.isLent)
    }
  }

  @Test func `refuses what the specification does not allow, and says all of it`() async throws {
    try await open { base in
      var request = ClientRequest(method: "POST", path: ["books", "9780140449136", "loans"])
      request.addHeader("Authorization", "Bearer desk-card")
      request.setBody(
        Array(#"{"reader":0,"until":"soon","handover":{"kind":"post"}}"#.utf8), mediaType: "application/json")
      let response = try await HTTPTransport(base: base).send(request)
      #expect(response.status == 422)
      let text = String(decoding: response.body, as: UTF8.self)
      for pointer in ["/reader", "/until", "/handover"] { #expect(text.contains("\"pointer\":\"\(pointer)\"")) }
      guard case .badRequest = try await client(base).getBook(isbn: "12"),
        case .badRequest = try await client(base).listBooks(limit: 1000)
      else { throw Unexpected() }
    }
  }

  private struct Unexpected: Error {}
}
