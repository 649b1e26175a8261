internal import CTJSON
internal import CTSpec

/// The deployment's own spec against this one.
package enum DriftSuite {
  package static let checks: [Check] = [deployedSpec]

  static let deployedSpec = Check(
    "drift-deployed-spec", .drift, title: "The deployment serves this spec", expects: "the same document, by meaning",
    clause: .operation("GET", "/openapi.json")
  ) { context async throws(CannotRun) in
    let probe = Probe("GET", "/openapi.json", label: "the deployed spec")
    guard let seen = try await context.send(probe, to: context.spec.operation("GET", "/openapi.json")) else { return }
    guard seen.status == 200, let deployed = seen.json else {
      context.find(
        "the deployed spec cannot be read", expected: "200 OK with a document", seen: seen.summary, by: [probe])
      return
    }
    let ours = SpecBundler.bundle(context.spec.document)
    let differences = SpecDifference.all(ours, deployed)
    context.saw(differences.isEmpty ? "the same" : "\(differences.count) differences")
    for difference in differences.prefix(50) {
      context.find(
        "the deployed spec differs at \(difference.pointer)", expected: difference.ours, seen: difference.theirs,
        clause: context.spec.reference(difference.location, difference.pointer), by: [probe])
    }
  }
}

/// A place where two specs differ in what they say. Texts for people (descriptions, summaries, examples, titles) and the
/// addresses of servers say nothing about the API.
struct SpecDifference {
  let pointer: String
  let location: SourceLocation
  let ours: String
  let theirs: String

  private static let prose: Set<String> = [
    "description", "summary", "examples", "example", "title", "servers", "tags", "license", "$comment", "externalDocs",
  ]
  /// Their members are names, which may be called like a keyword.
  private static let maps: Set<String> = [
    "properties", "$defs", "schemas", "responses", "headers", "parameters", "paths",
  ]

  static func all(_ ours: SpecNode, _ theirs: JSONValue) -> [SpecDifference] {
    var found: [SpecDifference] = []
    compare(ours, theirs, "", isMap: false, &found)
    return found
  }

  private static func compare(
    _ ours: SpecNode, _ theirs: JSONValue, _ pointer: String, isMap: Bool, _ found: inout [SpecDifference]
  ) {
    if case .object(let members) = ours.value, case .object(let others) = theirs {
      for member in members where isMap || !prose.contains(member.key) {
        let place = JSONPointer.appending(member.key, to: pointer)
        guard let other = theirs[member.key] else {
          found.append(
            .init(pointer: place, location: member.keyLocation, ours: text(member.value.jsonValue), theirs: "none"))
          continue
        }
        compare(member.value, other, place, isMap: !isMap && maps.contains(member.key), &found)
      }
      for other in others where ours.member(other.key) == nil && (isMap || !prose.contains(other.key)) {
        let place = JSONPointer.appending(other.key, to: pointer)
        found.append(.init(pointer: place, location: ours.location, ours: "none", theirs: text(other.value)))
      }
    } else if case .array(let elements) = ours.value, case .array(let others) = theirs, elements.count == others.count {
      for (index, pair) in zip(elements, others).enumerated() {
        compare(pair.0, pair.1, "\(pointer)/\(index)", isMap: false, &found)
      }
    } else if ours.jsonValue != theirs {
      found.append(.init(pointer: pointer, location: ours.location, ours: text(ours.jsonValue), theirs: text(theirs)))
    }
  }

  private static func text(_ value: JSONValue) -> String {
    let text = String(decoding: JSONWriter.write(value), as: UTF8.self)
    return text.count > 120 ? "\(text.prefix(120))…" : text
  }
}
