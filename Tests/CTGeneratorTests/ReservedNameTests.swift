import CTSpec
import Testing

@testable import CTGenerator

/// A schema may be called as a type is that generated code mentions: the list of those has to be complete.
@Suite struct ReservedNameTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  private static func tower() throws -> [SwiftGenerator.File] {
    let folder = root + "/docs/control_tower/schemas"
    return try SwiftGenerator.generate(
      openAPI: root + "/docs/design/openapi/control_tower.yaml",
      schemas: ["event", "run", "systems"].map { "\(folder)/\($0).schema.json" })
  }

  private static func contract() throws -> [SwiftGenerator.File] {
    let folder = root + "/Tests/CTContractTests/spec"
    return try SwiftGenerator.generate(
      openAPI: folder + "/openapi/contract.yaml",
      schemas: ["names", "recursion", "unions"].map { "\(folder)/schemas/\($0).schema.json" })
  }

  private static func schemaSet() throws -> [SwiftGenerator.File] {
    let folder = root + "/Tests/CTSchemaSetTests/spec"
    let files = try SchemaFolder.files(in: folder)
    return try SchemaSetGenerator.generate(files: files)
  }

  @Test func `every type that generated code mentions is its own, or a name that no schema gets`() throws {
    for files in [try Self.tower(), try Self.contract(), try Self.schemaSet()] {
      var declared: Set<String> = []
      var mentioned: Set<String> = []
      for file in files { Self.read(file.content, &declared, &mentioned) }
      #expect(mentioned.count > 10)
      // Only a registry of checks mentions `Violation`, and there are no types of schemas beside it.
      #expect(mentioned.subtracting(declared).subtracting(ReservedNames.types).subtracting(["Violation"]) == [])
    }
  }

  /// The words of Swift code that begin with a capital and are no members, without comments and literals.
  private static func read(_ content: String, _ declared: inout Set<String>, _ mentioned: inout Set<String>) {
    for line in content.split(separator: "\n") where line.drop(while: { $0 == " " }).first != "#" {
      let code = withoutLiterals(line)
      let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
      for (place, word) in words.enumerated() {
        guard let name = word.split(separator: ".").first, name.first?.isUppercase == true, word.first != "." else {
          continue
        }
        mentioned.insert(String(name))
        if place > 0, ["struct", "enum", "protocol"].contains(words[place - 1]) { declared.insert(String(name)) }
      }
    }
  }

  private static func withoutLiterals(_ line: Substring) -> String {
    var code = ""
    var (isLiteral, isEscaped) = (false, false)
    for character in line {
      if isEscaped {
        isEscaped = false
      } else if isLiteral, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isLiteral.toggle()
        code.append(" ")
      } else if !isLiteral {
        code.append(character)
        if code.hasSuffix("//") { return String(code.dropLast(2)) }
      }
    }
    return code
  }
}
