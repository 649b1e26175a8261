internal import CTSpec

extension LintRule {
  static let descriptionSentence = LintRule(
    "description-sentence", .warning, asks: "A `description` ends as a sentence does, or with a list, table or code.",
    because: "Half a sentence is a thought that somebody did not finish."
  ) { subject, report in
    var scan = subject.index.documents.values.map { ($0, false) }
    while let (node, keysAreNames) = scan.popLast() {
      scan += (node.elements ?? []).map { ($0, false) }
      for member in node.members ?? [] {
        if !keysAreNames, member.key == "description", let text = member.value.string {
          if !Prose.endsWell(text) {
            report.found(at: member.value.location, "this description does not end as a sentence")
          }
        }
        // Values of these are instances, where a key called 'description' means nothing.
        if !keysAreNames, ["example", "examples", "default", "const", "enum", "value"].contains(member.key) {
          continue
        }
        scan.append((member.value, !keysAreNames && Prose.maps.contains(member.key)))
      }
    }
  }
}

enum Prose {
  /// Objects whose keys are names, so that `description` is a name too.
  static let maps: Set<String> = ["properties", "patternProperties", "$defs", "schemas", "dependentSchemas"]

  static func endsWell(_ text: String) -> Bool {
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.contains { !$0.isWhitespace } }
    guard let last = lines.last else { return false }
    let trimmed = last.drop(while: \.isWhitespace)
    let marks = ["- ", "* ", "|", "```"]
    if last.hasPrefix("    ") || marks.contains(where: trimmed.hasPrefix) { return true }
    var end = last[...]
    while let character = end.last, character.isWhitespace || ")\"'`*_".contains(character) { end.removeLast() }
    return end.last.map { ".!?:…".contains($0) } ?? false
  }
}
