/// How good or bad a thing is. No rendering tells it by colour alone: each has a word and a shape too.
enum Tone: String, Hashable {
  case bad
  case warning
  case unknown
  case good

  /// A shape of its own for each.
  var symbol: String {
    switch self {
    case .bad: "✖"
    case .warning: "▲"
    case .unknown: "○"
    case .good: "●"
    }
  }
}

/// A piece of a line.
enum Inline: Hashable {
  case text(String)
  case strong(String)
  /// Something that is copied, such as an id.
  case code(String)
  /// A status: its shape and its word, in its colour.
  case status(Tone, String)
  /// What became of a number, such as `+3`; `tone` is how good that is.
  case change(String, Tone?)
  /// Only https addresses become links.
  case link(String, url: String)
  /// Less important than what stands around it.
  case faint(String)
}

/// One line of text, in pieces.
typealias Line = [Inline]

/// A part of a page.
enum Block: Hashable {
  case title(String)
  case heading(String)
  case paragraph(Line)
  /// Things that want attention, the worst first.
  case notices([Notice])
  case list([Line])
  case table(Table)
}

struct Notice: Hashable {
  var tone: Tone
  var line: Line

  init(_ tone: Tone, _ line: Line) {
    self.tone = tone
    self.line = line
  }
}

struct Table: Hashable {
  struct Column: Hashable {
    var title: String
    var isNumber = false
  }

  var columns: [Column]
  var rows: [[Line]]
}
