package enum YAMLWriter {
  package static func write(_ node: SpecNode) -> String { "" }
}
