internal import CTCrypto

/// Personal data that belongs to nobody, and differs from run to run: numbers that are reserved for films and examples,
/// or right by their check digits and made up.
struct PersonalSamples {
  /// Digits that follow from the run's name and a purpose.
  private var digits: [UInt8]

  /// Of numbers that stand in the spec as examples none is taken: a deployment may show its spec.
  init(_ runID: RunID, _ purpose: String, besides spec: SpecCatalog) {
    digits = []
    for attempt in 0..<100 {
      let more = attempt > 0 ? " \(attempt)" : ""
      let digest = SHA256.hash(Array("\(runID.text) \(purpose)\(more)".utf8)).hex
      digits = digest.utf8.map { UInt8($0 % 10) }
      let numbers = all.map { $0.text.filter(\.isNumber) }
      if !spec.numbers.contains(where: { known in numbers.contains { known.contains($0) } }) { break }
    }
  }

  private func number(_ range: Range<Int>) -> String { digits[range].map(String.init).joined() }

  /// RFC 2606 reserves the domain.
  var email: PersonalDatum { .init(kind: "an e-mail address", text: "ctconform.\(number(0..<9))@example.com") }

  var name: PersonalDatum { .init(kind: "a name", text: "Ctconform Person\(number(9..<17))") }

  /// Ofcom keeps 020 7946 0000 to 0999 for drama.
  var phone: PersonalDatum { .init(kind: "a telephone number", text: "+44 20 7946 0\(number(17..<20))") }
  var localPhone: PersonalDatum { .init(kind: "a telephone number", text: "020 7946 0\(number(20..<23))") }

  /// ISO 13616: check digits by modulus 97.
  var iban: PersonalDatum {
    let account = "NWBK" + number(23..<37)
    let check = 98 - Self.remainder(of: account + "GB00")
    return .init(kind: "an IBAN", text: "GB\(check < 10 ? "0" : "")\(check)" + account)
  }

  /// ISO/IEC 7812: the last digit by Luhn's rule.
  var card: PersonalDatum {
    let start = "400000" + number(37..<46)
    let sum = start.reversed().enumerated().reduce(0) { sum, item in
      let digit = item.element.wholeNumberValue ?? 0
      let doubled = digit * 2
      return sum + (item.offset % 2 == 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit)
    }
    return .init(kind: "a card number", text: start + "\((10 - sum % 10) % 10)")
  }

  /// The prefix AB is given out; nobody has this number on purpose.
  var nationalInsurance: PersonalDatum {
    .init(kind: "a National Insurance number", text: "AB\(number(46..<52))C")
  }

  var account: (sortCode: PersonalDatum, number: PersonalDatum) {
    let digits = number(50..<64)
    let code = digits.prefix(6)
    let dashed = "\(code.prefix(2))-\(code.dropFirst(2).prefix(2))-\(code.suffix(2))"
    return (
      .init(kind: "a sort code", text: dashed), .init(kind: "a bank account's number", text: String(digits.suffix(8)))
    )
  }

  private static func remainder(of text: String) -> Int {
    text.reduce(0) { remainder, character in
      let value = character.wholeNumberValue ?? Int(character.asciiValue ?? 55) - 55
      return (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
  }
}
