import CTRuntime

// Everything else in this module is made from spec/openapi/library.yaml when it is built; what is written here stands
// beside it.

extension ProblemDetails {
  /// What is answered for a book that the library does not have.
  public static var unknownBook: ProblemDetails { ProblemDetails(.notFound, "The library does not have this book.") }
}
