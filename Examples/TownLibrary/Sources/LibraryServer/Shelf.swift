public import CTRuntime
import Synchronization
public import TownLibrary

/// The library: what the specification leaves to be done by hand.
public final class Shelf: TownLibraryAPI {
  private let books: Mutex<[String: Book]>

  public init(_ books: [Book]) {
    self.books = Mutex(Dictionary(uniqueKeysWithValues: books.map { ($0.isbn, $0) }))
  }

  public func listBooks(_ input: ListBooks.Input) async throws -> ListBooks.Output {
    let all = books.withLock { Array($0.values) }.sorted { $0.title < $1.title }
    let found = all.filter { book in input.by.map { book.authors.contains($0) } ?? true }.prefix(input.limit)
    switch input.responseMediaType {
    case .json: return .ok(.init(body: .json(Array(found))))
    case .plain: return .ok(.init(body: .plain(found.map { "\($0.isbn) \($0.title)\n" }.joined())))
    }
  }

  public func getBook(_ input: GetBook.Input) async throws -> GetBook.Output {
    guard let book = books.withLock({ $0[input.isbn] }) else { throw ProblemDetails.unknownBook }
    return .ok(.init(body: book))
  }

  public func lendBook(_ input: LendBook.Input) async throws -> LendBook.Output {
    let isLent = books.withLock { books -> Bool? in
      guard let wasLent = books[input.isbn]?.isLent else { return nil }
      books[input.isbn]?.isLent = true
      return wasLent
    }
    guard let isLent else { throw ProblemDetails.unknownBook }
    if isLent { throw ProblemDetails(.conflict, "Somebody has it at home.") }
    let loan = Loan(isbn: input.isbn, reader: input.body.reader, until: input.body.until)
    return .created(.init(location: "/books/\(input.isbn)", body: loan))
  }
}
