internal import CTJSON
internal import CTSpec

/// A file that says how one deployment is judged: everything but the secrets, of which it has the environment variables'
/// names.
struct Profile {
  /// Values by option, such as `--url`.
  private(set) var options: [String: String] = [:]
  /// The environment variable of each token, by the token's name.
  private(set) var tokenVariables: [String: String] = [:]
  private(set) var secretVariable: String?

  /// What may stand in a profile, the option that it is, and whether it is a path, seen from the profile's folder.
  private static let keys: [(key: String, option: String, isPath: Bool)] = [
    ("url", "--url", false), ("spec", "--spec", true), ("ca", "--ca", true), ("timeout", "--timeout", false),
    ("patience", "--patience", false), ("slowTimeout", "--slow-timeout", false), ("rate", "--rate", false),
    ("concurrency", "--concurrency", false), ("readOnly", "--read-only", false),
  ]

  /// - Throws: ``CannotRun/usage(_:)`` with every fault, as `file:line:column`.
  static func load(_ file: String) throws(CannotRun) -> Profile {
    let bytes: [UInt8]
    do throws(FileReader.Failure) {
      bytes = try FileReader.disk.read(file)
    } catch {
      throw .usage("--profile: \(file): \(error.reason)")
    }
    var diagnostics = Diagnostics()
    var profile = Profile()
    if let root = SpecParser.parse(bytes, file: file, diagnostics: &diagnostics) {
      profile.read(root, file, &diagnostics)
    }
    guard !diagnostics.hasErrors else {
      throw .usage("the profile cannot be used:\n\(diagnostics.sorted.map(\.description).joined(separator: "\n"))")
    }
    return profile
  }

  private mutating func read(_ root: SpecNode, _ file: String, _ diagnostics: inout Diagnostics) {
    guard let members = root.members else {
      return diagnostics.error("profile", at: root.location, "a profile is an object")
    }
    for member in members {
      if member.key == "tokens" {
        readTokens(member.value, &diagnostics)
      } else if member.key == "secret" {
        secretVariable = variable(member.value, &diagnostics)
      } else if let known = Self.keys.first(where: { $0.key == member.key }) {
        read(member, known.option, isPath: known.isPath, file, &diagnostics)
      } else {
        let names = Self.keys.map(\.key) + ["tokens", "secret"]
        diagnostics.error(
          "profile", at: member.keyLocation, "'\(member.key)' is no setting of a profile",
          suggestion: EditDistance.suggestion(for: member.key, among: names)
            ?? "there is: \(names.joined(separator: ", "))")
      }
    }
  }

  private mutating func read(
    _ member: SpecNode.Member, _ option: String, isPath: Bool, _ file: String, _ diagnostics: inout Diagnostics
  ) {
    switch member.value.value {
    case .bool(let isSet) where option == "--read-only": if isSet { options[option] = "" }
    case .number(let number) where option != "--read-only" && !isPath: options[option] = number.lexeme
    case .string(let text) where option == "--url" || isPath:
      // Without `..` in the middle: code hosts know a file by one name only.
      options[option] = isPath ? URIReference.resolve(text, from: file) : text
    default:
      diagnostics.error(
        "profile", at: member.value.location, "'\(member.key)' cannot be a \(member.value.kindName)")
    }
  }

  private mutating func readTokens(_ node: SpecNode, _ diagnostics: inout Diagnostics) {
    guard let members = node.members else {
      return diagnostics.error("profile", at: node.location, "'tokens' names an environment variable for each token")
    }
    for member in members {
      guard RunOptions.tokenNames.contains(member.key) else {
        diagnostics.error(
          "profile", at: member.keyLocation, "there is no token '\(member.key)'",
          suggestion: "there is: \(RunOptions.tokenNames.joined(separator: ", "))")
        continue
      }
      tokenVariables[member.key] = variable(member.value, &diagnostics)
    }
  }

  /// Secrets do not stand in files that are shared.
  private func variable(_ node: SpecNode, _ diagnostics: inout Diagnostics) -> String? {
    let isName = node.string.map { text in
      text.utf8.allSatisfy { 65...90 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "_") }
        && text.first?.isNumber == false
    }
    guard isName == true else {
      diagnostics.error(
        "profile", at: node.location,
        "the name of an environment variable is expected here, in capitals: a profile holds no secrets")
      return nil
    }
    return node.string
  }
}
