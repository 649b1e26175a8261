package import CTSpec

/// A document to compare: a file, or one of a revision.
package struct DiffSource: Sendable {
  private let path: String
  private let revision: String?
  private let files: FileReader

  /// A path, or `git:REVISION:PATH`; `nil` if it is written in another way. The folder is that which `./` stands for.
  package init?(_ operand: String, _ files: FileReader, in folder: String = ".") {
    guard operand.hasPrefix("git:") else {
      (path, revision, self.files) = (operand, nil, files)
      return
    }
    let parts = operand.dropFirst(4).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[0].hasPrefix("-") else { return nil }
    revision = String(parts[0])
    path = GitFiles.rooted(String(parts[1]), in: folder)
    self.files = GitFiles.reader(revision: String(parts[0]), in: folder)
  }

  package func load() throws(SpecError) -> OpenAPIDocument {
    do throws(SpecError) {
      return try SpecLoader.loadOpenAPI(file: path, read: files)
    } catch {
      throw SpecError(error.diagnostics.map { named($0) })
    }
  }

  /// Both documents; throws the faults of both.
  package static func load(
    _ old: DiffSource, _ new: DiffSource
  ) throws(SpecError) -> (old: OpenAPIDocument, new: OpenAPIDocument) {
    let (before, after) = (old.result, new.result)
    guard let oldDocument = try? before.get(), let newDocument = try? after.get() else {
      let faults = before.faults + after.faults
      throw SpecError(faults.enumerated().filter { faults.firstIndex(of: $1) == $0 }.map(\.element))
    }
    return (oldDocument, newDocument)
  }

  private var result: Result<OpenAPIDocument, SpecError> {
    do throws(SpecError) { return .success(try load()) } catch { return .failure(error) }
  }

  /// A change between two documents as a finding, with the revisions that its files are of.
  package static func finding(_ change: Change, _ old: DiffSource, _ new: DiffSource) -> Finding {
    var change = change
    (change.old, change.new) = (old.named(change.old), new.named(change.new))
    return change.finding
  }

  private func named(_ location: SourceLocation) -> SourceLocation {
    guard let revision else { return location }
    return SourceLocation(file: "git:\(revision):\(location.file)", line: location.line, column: location.column)
  }

  private func named(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.location = named(diagnostic.location)
    return diagnostic
  }
}

extension Result where Failure == SpecError {
  fileprivate var faults: [Diagnostic] {
    if case .failure(let error) = self { error.diagnostics } else { [] }
  }
}
