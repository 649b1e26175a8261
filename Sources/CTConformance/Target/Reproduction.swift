/// Shell commands that send the same requests again, by themselves: with `curl`, and `openssl` for the signature. Tokens
/// and the secret come from the environment, so that a report can be shown to others.
struct Reproduction {
  let url: String
  let signature: (header: String, prefix: String)?
  let credentials: Credentials

  private func variable(_ token: String) -> String {
    credentials.variables[token] ?? Credential.variable(of: token)
  }

  func commands(for probes: [Probe]) -> String { probes.map(command).joined(separator: "\n") }

  private func command(_ probe: Probe) -> String {
    var lines: [String] = []
    var words = ["curl -i -X \(Shell.quote(probe.method))", Shell.quote(url + probe.target)]
    switch probe.token {
    case .none: break
    case .known(let name): words.append("-H \"Authorization: Bearer $\(variable(name))\"")
    case .shaped(let name, let before, let after, let cut):
      let end = cut > 0 ? "%\(String(repeating: "?", count: cut))" : ""
      words.append("-H \"Authorization: \(before)${\(variable(name))\(end)}\(after)\"")
    case .literal(let value): words.append("-H \(Shell.quote("Authorization: \(value)"))")
    }
    let body = probe.body.map { appendBody($0, to: &lines) }
    appendSignature(probe, body, &lines, &words)
    for field in probe.fields {
      words.append("-H \(Shell.quote(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)"))")
    }
    if let body { words.append("--data-binary \(body.argument)") }
    lines.append(words.joined(separator: " \\\n  "))
    return lines.joined(separator: "\n")
  }

  /// How a body is named on the command line, and how it is piped.
  private struct Body {
    let argument: String
    let print: String
  }

  private func appendBody(_ bytes: [UInt8], to lines: inout [String]) -> Body {
    let isText = bytes.count <= 4096 && bytes.allSatisfy { 0x20...0x7e ~= $0 } && bytes.first != UInt8(ascii: "@")
    if isText {
      let text = String(decoding: bytes, as: UTF8.self)
      lines.append("BODY=\(Shell.quote(text))")
      return Body(argument: "\"$BODY\"", print: "printf '%s' \"$BODY\"")
    }
    lines.append("\(Shell.printing(bytes)) > body.bin")
    return Body(argument: "@body.bin", print: "cat body.bin")
  }

  private func appendSignature(_ probe: Probe, _ body: Body?, _ lines: inout [String], _ words: inout [String]) {
    guard let signature else { return }
    switch probe.signature {
    case .none: break
    case .literal(let value):
      words.append("-H \(Shell.quote(value.isEmpty ? "\(signature.header);" : "\(signature.header): \(value)"))")
    case .correct:
      let print = body?.print ?? "printf ''"
      lines.append(
        "SIG=$(\(print) | openssl dgst -sha256 -hmac \"$\(credentials.secretVariable)\" -binary | xxd -p -c 256)")
      words.append("-H \"\(signature.header): \(signature.prefix)$SIG\"")
    }
  }
}
