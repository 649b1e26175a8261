/// What one pass over a text tells: which kinds of byte it has, how many digits, and its longest word.
///
/// Most strings are seen to be clean here, and no detector runs at all.
struct TextShape {
  /// Kinds of byte that some detector needs. Letters, spaces and plain punctuation have none.
  struct Kinds: OptionSet {
    let rawValue: UInt16
    static let digit = Kinds(rawValue: 1)
    static let at = Kinds(rawValue: 2)
    /// `%`, `\`, `&`, `<` and bytes beyond ASCII: the text may have to be folded before it can be read.
    static let encoded = Kinds(rawValue: 4)
    /// `:`, `=` and `>`, which follow labels.
    static let assignment = Kinds(rawValue: 8)
    /// Line breaks.
    static let lines = Kinds(rawValue: 16)
    /// `{` and `[`, which JSON starts with, and `(`, with which people part words.
    static let bracket = Kinds(rawValue: 32)
    static let space = Kinds(rawValue: 64)
    static let dot = Kinds(rawValue: 128)
    static let hyphen = Kinds(rawValue: 256)
    static let capital = Kinds(rawValue: 512)
  }

  private(set) var kinds: Kinds = []
  private(set) var digits = 0
  /// Bytes in the longest stretch without white space.
  private(set) var longestWord = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var union: UInt16 = 0
    var word = 0
    for byte in bytes {
      let kind = Self.table[Int(byte)]
      union |= kind
      digits &+= Int(kind & 1)
      word = kind & Kinds.space.rawValue == 0 ? word &+ 1 : 0
      longestWord = max(longestWord, word)
    }
    kinds = Kinds(rawValue: union)
  }

  /// Whether any detector could find something. Words shorter than the shortest key (16) hold no key.
  var isSuspicious: Bool {
    digits >= 2 || kinds.contains(.space) || longestWord >= 16
      || !kinds.isDisjoint(with: [.at, .encoded, .assignment, .lines, .bracket])
  }

  private static let table: InlineArray<256, UInt16> = {
    var table = InlineArray<256, UInt16>(repeating: 0)
    for byte in 0..<256 { table[byte] = kinds(of: UInt8(byte)).rawValue }
    return table
  }()

  private static func kinds(of byte: UInt8) -> Kinds {
    switch byte {
    case 48...57: .digit
    case .ascii("@"): .at
    case .ascii("%"), .ascii("\\"), .ascii("&"), .ascii("<"), 0x80...: .encoded
    case .ascii(":"), .ascii("="), .ascii(">"): .assignment
    case 0x0A, 0x0D: [.lines, .space]
    case .ascii("{"), .ascii("["), .ascii("("): .bracket
    case 0x20, 0x09: .space
    case .ascii("."): .dot
    case .ascii("-"): .hyphen
    case .ascii("A")...(.ascii("Z")): .capital
    default: []
    }
  }
}
