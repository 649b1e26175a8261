import CTReview
import CTSpec
import Glibc
import Testing

@Suite struct DiffSourceTests {
  private static let document = """
    openapi: 3.1.0
    info: {title: T, version: 1.0.0}
    paths:
      /a:
        get:
          operationId: a
          responses: {'200': {description: F., content: {application/json: {schema: {$ref: ../o.schema.json}}}}}
    """

  @Test func `A path that begins with ./ is seen from the folder, and references beside it are found`() throws {
    let root = try #require(mkdtemp(strdup("/tmp/diff-source-XXXXXX")).map { String(cString: $0) })
    defer { _ = system("rm -r \(root)") }
    try write(Self.document, to: "\(root)/docs/api/a.yaml")
    try write(#"{"$schema": "https://json-schema.org/draft/2020-12/schema"}"#, to: "\(root)/docs/o.schema.json")
    let identity = "-c user.name=A -c user.email=a@example.org"
    try #require(system("cd \(root) && git init -q . && git add . && git \(identity) commit -qm One") == 0)
    for (operand, folder) in [
      ("git:HEAD:./a.yaml", "\(root)/docs/api"), ("git:HEAD:../api/a.yaml", "\(root)/docs/api"),
      ("git:HEAD:./docs/api/a.yaml", root), ("git:HEAD:docs/api/a.yaml", "\(root)/docs"),
    ] {
      let source = try #require(DiffSource(operand, .disk, in: folder))
      #expect(
        try source.load().index.documents.keys.sorted() == ["docs/api/a.yaml", "docs/o.schema.json"], "\(operand)")
    }
  }

  private func write(_ text: String, to path: String) throws {
    let folder = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    try #require(system("mkdir -p \(folder)") == 0)
    let stream = try #require(fopen(path, "w"))
    fputs(text, stream)
    fclose(stream)
  }

  @Test(arguments: ["git:", "git:HEAD", "git::a.yaml", "git:HEAD:", "git:-x:a.yaml"])
  func `What is not written as git:REVISION:PATH is refused`(_ operand: String) {
    #expect(DiffSource(operand, .disk) == nil)
  }

  @Test func `The faults of both documents are told, and those of one document once`() throws {
    let files = FileReader.memory(["a.yaml": "openapi: 3.0.0", "b.yaml": "openapi: 3.1.0"])
    let sources = try ["a.yaml", "b.yaml", "c.yaml", "d.yaml"].map { try #require(DiffSource($0, files)) }
    #expect(faulty(sources[0], sources[1]) == ["a.yaml", "b.yaml"])
    #expect(faulty(sources[2], sources[3]) == ["c.yaml", "d.yaml"])
    #expect(faulty(sources[3], sources[0]) == ["d.yaml", "a.yaml"])
    #expect(throws: SpecError.self) { try DiffSource.load(sources[2], sources[2]) }
    do throws(SpecError) {
      _ = try DiffSource.load(sources[2], sources[2])
    } catch {
      #expect(error.diagnostics.count == 1)
    }
  }

  /// The files that faults are found in.
  private func faulty(_ old: DiffSource, _ new: DiffSource) -> [String] {
    do throws(SpecError) {
      _ = try DiffSource.load(old, new)
      return []
    } catch {
      return error.diagnostics.map(\.location.file).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
  }
}
