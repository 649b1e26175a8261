package import CTGenerated
internal import CTRuntime

extension Tower {
  package func getOpenAPIYAML(_ input: GetOpenAPIYAML.Input) async throws -> GetOpenAPIYAML.Output {
    .ok(.init(body: Self.bytes(of: SpecDocument.yaml)))
  }

  package func getOpenAPIJSON(_ input: GetOpenAPIJSON.Input) async throws -> GetOpenAPIJSON.Output {
    .ok(.init(body: RawJSON(checked: Self.bytes(of: SpecDocument.json))))
  }

  private static func bytes(of text: StaticString) -> [UInt8] { text.withUTF8Buffer { Array($0) } }
}
