/// Text for a POSIX shell.
enum Shell {
  /// A word that the shell takes as it is.
  static func quote(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./:=%@+,".utf8.contains(byte)
      }
    }
    if plain, !text.isEmpty { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// A word in which variables are replaced; for text that holds nothing else special.
  static func doubleQuote(_ text: String) -> String { "\"\(text)\"" }

  /// A command that writes these octets to its output. A long run of one octet is not spelled out.
  static func printing(_ bytes: [UInt8]) -> String {
    if bytes.count <= 4096 { return "printf '\(escaped(bytes))'" }
    var commands: [String] = []
    var start = 0
    for run in runs(in: bytes) {
      if run.lowerBound > start { commands.append("printf '\(escaped(Array(bytes[start..<run.lowerBound])))'") }
      let octet = "\\\(octal(bytes[run.lowerBound]))"
      commands.append("head -c \(run.count) /dev/zero | tr '\\0' '\(octet)'")
      start = run.upperBound
    }
    if start < bytes.count { commands.append("printf '\(escaped(Array(bytes[start...])))'") }
    return commands.count == 1 ? commands[0] : "{ \(commands.joined(separator: "; ")); }"
  }

  /// The format for printf(1) that makes these octets.
  private static func escaped(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\\"): text += Array("\\\\".utf8)
      case UInt8(ascii: "%"): text += Array("%%".utf8)
      case 0x20...0x7e where byte != UInt8(ascii: "'"): text.append(byte)
      default: text += Array("\\\(octal(byte))".utf8)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static func runs(in bytes: [UInt8]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in 1...bytes.count where index == bytes.count || bytes[index] != bytes[start] {
      if index - start > 256 { runs.append(start..<index) }
      start = index
    }
    return runs
  }
}
