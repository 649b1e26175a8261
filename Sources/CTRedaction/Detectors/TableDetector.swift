/// Values whose column has a name that says what they are: lines of CSV below a header (RFC 4180), and SQL's
/// `INSERT INTO users (name) VALUES ('Jane Doe')`.
///
/// A header is read like members' names (``KeyHint``). It is one pass over the text: a cell is read once to find its end,
/// and once more if its column says something.
struct TableDetector {
  let lexicon: KeyLexicon

  /// Columns that are looked at.
  private static let mostColumns = 64
  /// Bytes that a column's name may have.
  private static let longestName = 40

  func scan(_ text: ScannedText, _ findings: inout Findings) {
    scanLines(text, &findings)
    scanStatements(text, &findings)
  }

  // MARK: CSV

  private func scanLines(_ text: ScannedText, _ findings: inout Findings) {
    let start = text.end(from: 0, while: \.isSpace)
    guard let separator = Self.separator(text, start) else { return }
    let header = TableRow(text, from: start, separator: separator, isEnd: Self.isLineEnd)
    guard header.cells.count >= 2, Self.isHeader(text, header), let hints = hints(text, header) else { return }
    var line = text.end(from: header.end, while: \.isSpace)
    while line < text.count {
      let row = TableRow(text, from: line, separator: separator, isEnd: Self.isLineEnd)
      if row.cells.count == header.cells.count { add(row, hints, text, &findings) }
      line = text.end(from: max(row.end, line + 1), while: \.isSpace)
    }
  }

  /// What first parts words on the first line.
  private static func separator(_ text: ScannedText, _ start: Int) -> UInt8? {
    let end = text.end(from: start) { $0.isAlphanumeric || $0 == .ascii("_") || $0 == 0x20 || $0 == .ascii("\"") }
    return ",;\t|".utf8.contains(text[end]) ? text[end] : nil
  }

  /// Names, without a space after the separator: `name,dob` and not a sentence.
  private static func isHeader(_ text: ScannedText, _ row: TableRow) -> Bool {
    row.cells.allSatisfy { cell in
      !cell.isEmpty && cell.count <= longestName && text[cell.lowerBound - 1] != 0x20
        && cell.allSatisfy { text[$0].isAlphanumeric || "_- ".utf8.contains(text[$0]) }
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  // MARK: SQL

  private func scanStatements(_ text: ScannedText, _ findings: inout Findings) {
    var names: Range<Int>?  // within the parentheses that were closed last
    var open: Int?
    var index = 0
    while index < text.count {
      switch text[index] {
      case .ascii("("): open = index + 1
      case .ascii(")"): (names, open) = (open.map { $0..<index }, nil)
      case .ascii("v"), .ascii("V"):
        if let columns = names, let rows = Self.rows(text, index, after: columns) {
          index = addRows(text, rows, columns, &findings)
          (names, open) = (nil, nil)
          continue
        }
      default: break
      }
      index += 1
    }
  }

  /// Where the first parenthesis after `VALUES` is, if the word comes right after the columns.
  private static func rows(_ text: ScannedText, _ index: Int, after columns: Range<Int>) -> Int? {
    guard index - columns.upperBound <= 4, text.hasWord("values", at: index) else { return nil }
    var open = index + 6
    while open < index + 10, text[open].isSpace { open += 1 }
    return text[open] == .ascii("(") ? open : nil
  }

  private func addRows(_ text: ScannedText, _ start: Int, _ columns: Range<Int>, _ findings: inout Findings) -> Int {
    let header = TableRow(text, from: columns.lowerBound, separator: .ascii(",")) { $0 == .ascii(")") }
    let hints = hints(text, header)
    var open = start
    while text[open] == .ascii("(") {
      let row = TableRow(text, from: open + 1, separator: .ascii(",")) { $0 == .ascii(")") }
      if let hints { add(row, hints, text, &findings) }
      open = text.end(from: min(row.end + 1, text.count)) { $0 == .ascii(",") || $0.isSpace }
    }
    return open
  }

  // MARK: Columns

  /// What the columns' names say; `nil` where none says anything.
  private func hints(_ text: ScannedText, _ header: TableRow) -> [KeyHint?]? {
    let hints = header.cells.prefix(Self.mostColumns).map { cell in
      cell.count <= Self.longestName ? KeyHint(KeyName(text.part(cell), lexicon)) : nil
    }
    return hints.contains { $0 != nil } ? hints : nil
  }

  private func add(_ row: TableRow, _ hints: [KeyHint?], _ text: ScannedText, _ findings: inout Findings) {
    for (cell, hint) in zip(row.cells, hints) where !cell.isEmpty {
      if let hint, hint.holds(for: ScannedText(text.part(cell))) { findings.add(hint.detector, cell) }
    }
  }
}

/// The cells of one row, without their quotes and the white space around them.
struct TableRow {
  private(set) var cells: [Range<Int>] = []
  /// Where the row ends: at the byte that ends it, or at the text's end.
  private(set) var end: Int

  /// More are not kept; the row is read to its end nevertheless.
  private static let mostCells = 256

  init(_ text: ScannedText, from start: Int, separator: UInt8, isEnd: (UInt8) -> Bool) {
    end = start
    while true {
      let first = text.end(from: end) { $0 == 0x20 }
      let quote = text[first]
      if quote == .ascii("\"") || quote == .ascii("'") {
        let close = Self.closing(quote, text, from: first + 1)
        add(first + 1..<close)
        end = text.end(from: min(close + 1, text.count)) { $0 != separator && !isEnd($0) }
      } else {
        end = text.end(from: first) { $0 != separator && !isEnd($0) }
        var last = end
        while last > first, text[last - 1] == 0x20 { last -= 1 }
        add(first..<last)
      }
      guard end < text.count, text[end] == separator else { return }
      end += 1
    }
  }

  private mutating func add(_ cell: Range<Int>) { if cells.count < Self.mostCells { cells.append(cell) } }

  /// Where a quote closes; two in a row stand for one.
  private static func closing(_ quote: UInt8, _ text: ScannedText, from start: Int) -> Int {
    var index = start
    while index < text.count {
      if text[index] == quote {
        guard text[index + 1] == quote else { return index }
        index += 1
      }
      index += 1
    }
    return text.count
  }
}
