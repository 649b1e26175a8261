internal import CTGenerated

/// What a tower answered instead of what was asked for.
struct RefusedError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  init(_ problem: Problem) {
    let places = problem.errors?.map { "\n  \($0.pointer.isEmpty ? "the body" : $0.pointer): \($0.detail)" } ?? []
    description = "\(problem.status) \(problem.title): \(problem.detail ?? "")\(places.joined())"
  }
}
