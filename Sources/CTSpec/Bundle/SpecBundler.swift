package enum SpecBundler {
  package static func bundle(_ document: OpenAPIDocument) -> SpecNode { document.root }
}
