import CTJSON
import Testing

/// What is read in a quick way is read as it is in the general one.
@Suite struct QuickPathTests {
  /// A string is ended, or broken, by the first byte that is not plain ASCII, wherever that stands among words of eight.
  @Test func `strings end where they end`() {
    for length in 0...35 {
      let plain = [UInt8](repeating: UInt8(ascii: "!"), count: length)
      for place in 0...length {
        for rest in [0, 1, 9] {
          let after = [UInt8](repeating: UInt8(ascii: "~"), count: rest)
          func read(_ inserted: [UInt8]) -> Outcome { Outcome(plain[..<place] + inserted + plain[place...], after) }
          let text = String(decoding: plain, as: UTF8.self)
          let (head, tail) = (String(text.prefix(place)), String(text.dropFirst(place)))
          #expect(read([]) == .text(text))
          #expect(read([0x7F]) == .text(head + "\u{7F}" + tail))
          #expect(read(Array("é".utf8)) == .text(head + "é" + tail))
          #expect(read(Array("\\n".utf8)) == .text(head + "\n" + tail))
          #expect(read([0x1F]) == .fault(.controlCharacter, place + 1))
          #expect(read([0x80]) == .fault(.invalidUTF8, place + 1))
          #expect(read(Array("\\x".utf8)) == .fault(.invalidEscape, place + 1))
        }
      }
    }
  }

  private enum Outcome: Equatable {
    case text(String)
    case fault(JSONSyntaxError.Reason, Int)

    init(_ content: some Collection<UInt8>, _ after: [UInt8]) {
      let quote = [UInt8(ascii: "\"")]
      self = JSONReader.read(quote + content + quote + after) { json in
        if let text = json.readString() { return .text(json.string(text)) }
        return .fault(json.syntaxError!.reason, json.syntaxError!.offset)
      }
    }
  }

  /// Members in the schema's order or another, with and without whitespace, damaged or not.
  @Test func `members of a schema are those of any object`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let spaces = ["", "", "", " ", "\n  "]
    for _ in 0..<20_000 {
      var names = Self.names
      if Bool.random(using: &random) { names.shuffle(using: &random) }
      if Bool.random(using: &random) { names.removeAll { _ in Int.random(in: 0..<3, using: &random) == 0 } }
      let members = names.prefix(.random(in: 0...names.count, using: &random)).map { name in
        func space() -> String { spaces.randomElement(using: &random)! }
        let value = ["1", "\"x\"", "{}", "null"].randomElement(using: &random)!
        return space() + "\"\(name)\"" + space() + ":" + space() + value + space()
      }
      var bytes = Array("{\(members.joined(separator: ","))}".utf8)
      if Bool.random(using: &random), bytes.count > 2 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = Array("\",:}\\ aé1".utf8).randomElement(using: &random)!
      }
      #expect(Walk(bytes, Self.table) == Walk(bytes, nil), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private static let names = [
    "", "a", "four", "fives", "sixsix", "thirteenbytes", "fourteen_bytes", "a_name_of_twenty_one_", "é", "q\\\"", "a",
  ]
  private static let table = JSONNameTable([
    "", "a", "four", "fives", "sixsix", "thirteenbytes", "fourteen_bytes", "a_name_of_twenty_one_", "é", "q\"",
  ])

  private struct Walk: Equatable {
    var names: [String] = []
    var places: [[Int]] = []
    var error: JSONSyntaxError?

    init(_ bytes: [UInt8], _ table: JSONNameTable?) {
      JSONReader.read(bytes) { json in
        guard json.peek() == .object else { return }
        json.beginObject()
        var members = KnownMembers()
        while let name = Self.next(&json, table, &members) {
          let isNamed = table.map { members.ordinal < 0 || json.equals(name, $0[members.ordinal]) } ?? true
          #expect(isNamed)
          names.append(json.string(name))
          places.append([json.memberOffset, json.memberNameEnd, json.offset])
          json.skipValue()
        }
        json.finish()
        error = json.syntaxError
      }
    }

    private static func next(
      _ json: inout JSONReader, _ table: JSONNameTable?, _ members: inout KnownMembers
    ) -> JSONText? {
      if let table { return json.nextMember(of: table, &members) }
      return json.nextMember()
    }
  }

  /// A text that is known is passed over where it stands as it is, and nothing else is.
  @Test(arguments: [
    ("\"finance\",1", 9), ("\"finance\"", 9), ("\"finance", 0), ("\"finances\"", 0), ("\"financE\"", 0), ("\"\"", 0),
    ("", 0),
    (" \"finance\"", 0), ("\"f\\u0069nance\"", 0), ("finance", 0), ("\"finance,", 0),
  ])
  func `passes over a known text`(text: String, length: Int) {
    JSONReader.read(Array(text.utf8)) { json in
      #expect(json.skip("finance") == (length > 0))
      #expect(json.offset == length)
    }
  }

  @Test(arguments: ["", "x", "seven77", "eight888", "nine_9999", "a text of many words"])
  func `passes over texts of any length`(text: String) {
    for rest in ["", " ", ",\"more\":1}"] {
      JSONReader.read(Array("\"\(text)\"\(rest)".utf8)) { json in
        #expect(Self.skips(text, &json))
        #expect(json.offset == text.utf8.count + 2)
      }
    }
  }

  /// What is passed over is a part of the program.
  private static func skips(_ text: String, _ json: inout JSONReader) -> Bool {
    switch text {
    case "": json.skip("")
    case "x": json.skip("x")
    case "seven77": json.skip("seven77")
    case "eight888": json.skip("eight888")
    case "nine_9999": json.skip("nine_9999")
    default: json.skip("a text of many words")
    }
  }

  /// The first member of a name is found ahead, whatever names and values are passed over on the way, and nothing is read.
  @Test func `a member is found ahead`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let names = [
      ("type", "type"), ("ty\\u0070e", "type"), ("typ", "typ"), ("types", "types"), ("", ""), ("é", "é"),
      ("a longer name than eight", "a longer name than eight"), ("q\\\"", "q\""),
    ]
    let values: [(String, String?)] = [
      ("\"x\"", "x"), ("\"a longer text than eight\"", "a longer text than eight"), ("\"é\"", "é"), ("\"\\n\"", "\n"),
      ("\"\\\"type\\\":1\"", "\"type\":1"), ("{\"type\":\"no\"}", nil), ("[\"type\"]", nil), ("1", nil), ("null", nil),
    ]
    for _ in 0..<20_000 {
      func space() -> String { ["", "", "", " ", "\n  "].randomElement(using: &random)! }
      let members = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        (name: names.randomElement(using: &random)!, value: values.randomElement(using: &random)!)
      }
      let text = members.map { "\(space())\"\($0.name.0)\"\(space()):\(space())\($0.value.0)\(space())" }
      let bytes = Array("{\(text.joined(separator: ","))}".utf8)
      let expected = members.first { $0.name.1 == "type" }?.value.1
      let isCut = Bool.random(using: &random)
      JSONReader.read(isCut ? Array(bytes.dropLast(.random(in: 1...bytes.count, using: &random))) : bytes) { json in
        let found = json.peekMember("type")
        guard !isCut else { return }
        #expect(found.map { json.string($0) } == expected, "\(String(decoding: bytes, as: UTF8.self))")
        #expect(json.offset == 0 && json.syntaxError == nil)
      }
    }
  }

  /// Texts near the usual form of a `date-time`, read by the bytes and as any collection of them.
  @Test func `usual timestamps are read as others are`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var readable = 0
    for _ in 0..<100_000 {
      func digits(_ count: Int, below limit: Int) -> String {
        let text = String(Int.random(in: 0..<limit, using: &random))
        return String(repeating: "0", count: count - text.utf8.count) + text
      }
      let year = Bool.random(using: &random) ? digits(4, below: 10_000) : "2024"
      let date = "\(year)-\(digits(2, below: 14))-\(digits(2, below: 33))"
      let time = "\(digits(2, below: 25)):\(digits(2, below: 61)):\(digits(2, below: 62))"
      let fractions = ["", ".", ".\(digits(3, below: 1000))", ".\(digits(4, below: 1000))"]
      let fraction = fractions.randomElement(using: &random)!
      var bytes = Array("\(date)T\(time)\(fraction)Z".utf8)
      if Int.random(in: 0..<4, using: &random) == 0 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = Array("0123456789:/-T.Zz+ é".utf8).randomElement(using: &random)!
      }
      let quick = bytes.withUnsafeBufferPointer { Timestamp($0) }
      #expect(quick == Timestamp(bytes[...]), "\(String(decoding: bytes, as: UTF8.self))")
      if quick != nil { readable += 1 }
    }
    #expect(readable > 10_000)
  }
}
