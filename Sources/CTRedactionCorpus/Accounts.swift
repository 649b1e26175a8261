/// Invented accounts and cards, with check digits that are right.
extension SeededGenerator {
  mutating func iban() -> String {
    let country = pick([
      ("GB", "aaaannnnnnnnnnnnnn"), ("DE", "nnnnnnnnnnnnnnnnnn"), ("FR", "nnnnnnnnnncccccccccccnn"),
      ("IE", "aaaannnnnnnnnnnnnn"), ("NL", "aaaannnnnnnnnn"), ("ES", "nnnnnnnnnnnnnnnnnnnn"), ("NO", "nnnnnnnnnnn"),
      ("PL", "nnnnnnnnnnnnnnnnnnnnnnnn"), ("MT", "aaaannnnncccccccccccccccccc"), ("BE", "nnnnnnnnnnnn"),
    ])
    let account = country.1.map { kind in
      switch kind {
      case "a": characters(1, of: Self.capitals)
      case "n": digits(1)
      default: characters(1, of: Self.capitals + "0123456789")
      }
    }.joined()
    let check = 98 - remainder(of: account + country.0 + "00")
    let number = country.0 + (check < 10 ? "0\(check)" : "\(check)") + account
    let written = grouped(number, by: 4, pick(["", " ", "-"]))
    return chance(15) ? written.lowercased() : written
  }

  /// ISO 7064, modulo 97: letters count 10 to 35.
  private func remainder(of text: String) -> Int {
    text.utf8.reduce(0) { rest, byte in
      byte < 58 ? (rest * 10 + Int(byte) - 48) % 97 : (rest * 100 + Int(byte) - 55) % 97
    }
  }

  mutating func card() -> String {
    let (prefix, length) = pick([
      ("4", 16), ("4", 16), ("4", 13), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16),
      ("65", 16), ("3528", 16), ("305", 14), ("36", 14), ("6304", 16), ("62", 19),
    ])
    let body = prefix + digits(length - prefix.count - 1)
    let number = body + String(luhnDigit(body))
    if length == 15, chance(50) {
      return [number.prefix(4), number.dropFirst(4).prefix(6), number.suffix(5)].joined(separator: pick([" ", "-"]))
    }
    return grouped(number, by: 4, pick(["", " ", "-", "\u{A0}"]))
  }

  private func luhnDigit(_ body: String) -> Int {
    var sum = 0
    for (index, byte) in body.utf8.reversed().enumerated() {
      let doubled = index.isMultiple(of: 2) ? Int(byte - 48) * 2 : Int(byte - 48)
      sum += doubled / 10 + doubled % 10
    }
    return (10 - sum % 10) % 10
  }

  private func grouped(_ number: String, by size: Int, _ separator: String) -> String {
    if separator.isEmpty { return number }
    return stride(from: 0, to: number.count, by: size)
      .map { String(number.dropFirst($0).prefix(size)) }.joined(separator: separator)
  }

  mutating func sortCode() -> String {
    let separator = pick(["-", "-", " ", "\u{2011}"])
    return [padded(1...99), digits(2), digits(2)].joined(separator: separator)
  }

  mutating func bankAccount() -> String {
    let (sort, account) = (sortCode(), chance(15) ? "\(digits(4)) \(digits(4))" : digits(8))
    return pick([
      "\(sort) \(account)", "\(sort), \(account)", "sort code \(sort), account number \(account)",
      "\(account) / \(sort)",
      "sc \(sort) acc no \(account)", "Sort code: \(sort)\nAccount: \(account)", "\(sort)/\(account)",
    ])
  }
}
