import Testing

/// Expects just the detectors that the example names, and that nothing is found in what they leave.
func check(_ example: Case, sourceLocation: SourceLocation = #_sourceLocation) {
  let found = inspect(example.text, name: example.name)
  #expect(found?.detectors ?? [] == example.found, sourceLocation: sourceLocation)
  guard let found else { return }
  let again = inspect(found.text, name: example.name)
  #expect(again == nil, "found again in \(found.text)", sourceLocation: sourceLocation)
}
