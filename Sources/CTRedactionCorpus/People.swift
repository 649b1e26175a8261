/// Invented people, and what belongs to them.
extension SeededGenerator {
  mutating func firstName() -> String {
    word("Jane Amir Oluwaseun Siobhán Zoë Björn Mary-Ann Chloe Tomasz Priya Wei Fatima Lars Ana José Niamh Kwame Yuki")
  }

  mutating func lastName() -> String {
    word("Doe O'Brien Smith-Jones Müller Kowalski Patel Nguyễn Okafor García Hughes Tanaka Ødegaard Macdonald Li Novák")
  }

  mutating func person() -> String {
    switch int(0...3) {
    case 0: firstName()
    case 1: "\(firstName()) \(firstName()) \(lastName())"
    default: "\(firstName()) \(lastName())"
    }
  }

  mutating func email() -> String {
    let first = word("jane amir siobhan zoe bjorn chloe tomasz priya wei fatima")
    let last = word("doe obrien smith-jones muller kowalski patel nguyen okafor hughes")
    let local = pick([
      "\(first).\(last)", "\(first)_\(last)", "\(first)+\(digits(2))", "\(first)\(digits(3))",
      "\(first.prefix(1))\(last)",
      "\(first).o'\(last)",
    ])
    let host = pick(["example", "swan-portal", "mail.example", "x", "my.dept.example"])
    let address = local + "@" + host + pick([".com", ".co.uk", ".org", ".io", ".museum", ".de"])
    return chance(15) ? address.uppercased() : address
  }

  mutating func phone() -> String {
    switch int(0...8) {
    case 8: return "447\(int(1...9))\(digits(8))"
    case 0: return ukMobile(prefix: "0", parts: true)
    case 1: return ukMobile(prefix: pick(["+44 ", "+44", "0044 ", "+44 (0)", "0044"]), parts: chance(60))
    case 2: return pick(["020", "(020)", "+44 20", "+44 (0)20", "0044 20"]) + " \(digits4()) \(digits(4))"
    case 3:
      return pick(["0161", "(0161)", "+44 161", "+44 (0)161"]) + pick([" ", "-"])
        + "\(int(2...9))\(digits(2)) \(digits(4))"
    case 4: return pick(["01632", "(01632)", "+44 1632"]) + " \(int(2...9))\(digits(5))"
    case 5: return ukMobile(prefix: "0", parts: false)
    case 6:
      return "+" + pick(["49 30 ", "33 1 ", "353 1 ", "1 415 ", "91 98 ", "48 22 "])
        + "\(int(2...9))\(digits(2)) \(digits(4))"
    default: return pick(["0800", "0300", "0845"]) + " \(int(1...9))\(digits(2)) \(digits(4))"
    }
  }

  private mutating func digits4() -> String { "\(pick([3, 7, 8]))\(digits(3))" }

  private mutating func ukMobile(prefix: String, parts: Bool) -> String {
    let separator = parts ? pick([" ", "-", ".", "\u{A0}"]) : ""
    return "\(prefix)7\(int(1...9))\(digits(2))\(separator)\(digits(6))"
  }

  mutating func postcode() -> String {
    let area = word("SW EC W N M B LS BS CF EH G AB BT OX CB NE S E SE YO TR ZE KW PO")
    let district = pick(["\(int(1...9))", "\(int(1...9))\(int(0...9))", "\(int(1...9))\(characters(1, of: "ABEHNPW"))"])
    return area + district + pick([" ", " ", " ", "  ", ""]) + digits(1) + characters(2, of: "ABDEFGHJLNPQRSTUWXYZ")
  }

  mutating func niNumber() -> String {
    let prefix = pick(["AB", "JG", "CE", "PY", "SR", "WK", "ZX", "HN", "EA", "QQ", "LT", "MW"])
    let pairs = [digits(2), digits(2), digits(2)]
    let separator = pick(["", "", " ", "-"])
    let number = ([prefix] + pairs + [characters(1, of: "ABCD")]).joined(separator: separator)
    return chance(25) ? number.lowercased() : number
  }

  mutating func address() -> String {
    let street =
      word("High Station Church Mill Victoria Park Green Queens") + " " + word("Street Road Lane Avenue Close")
    let town = word("Leeds Cardiff Glasgow Bristol Aberdeen Truro Oxford")
    return pick([
      "\(int(1...240)) \(street), \(town)", "Flat \(int(1...20)), \(int(1...99)) \(street)",
      "Rose Cottage, \(street), \(town)",
      "\(int(1...99))\(characters(1, of: "abc")) \(street)",
    ])
  }

  mutating func birthDate() -> String {
    let (day, month, year) = (padded(1...28), padded(1...12), String(int(1930...2007)))
    return pick([
      "\(year)-\(month)-\(day)", "\(day)/\(month)/\(year)", "\(day).\(month).\(year)",
      "\(int(1...28)) \(word("January March May August October")) \(year)", "\(day)-\(month)-\(year.suffix(2))",
    ])
  }
}
