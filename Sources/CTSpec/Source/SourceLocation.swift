internal import Synchronization

/// Where something stands in a file. Lines and columns count from 1; columns count Unicode code points.
package struct SourceLocation: Hashable, Sendable {
  /// By number: every value that is read has a location, and copies of it should cost nothing.
  private var name: FileName
  private var storedLine: UInt32
  private var storedColumn: UInt32

  package init(file: String, line: Int = 1, column: Int = 1) {
    self.init(in: FileName(file), line: line, column: column)
  }

  init(in name: FileName, line: Int, column: Int) {
    self.name = name
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
  }

  /// The path as it was given, or as a `$ref` made it relative to the file that was given.
  package var file: String { name.string }
  package var line: Int { Int(storedLine) }
  package var column: Int { Int(storedColumn) }
}

/// The name of a file, as a number that stands for it as long as the process lives.
struct FileName: Hashable, Sendable {
  private struct Known {
    var names: [String] = []
    var numbers: [ExactString: UInt32] = [:]
  }

  private static let known = Mutex(Known())

  private let number: UInt32

  init(_ name: String) {
    number = Self.known.withLock { known in
      let key = ExactString(name)
      if let number = known.numbers[key] { return number }
      let number = UInt32(known.names.count)
      known.names.append(name)
      known.numbers[key] = number
      return number
    }
  }

  var string: String { Self.known.withLock { $0.names[Int(number)] } }
}

extension SourceLocation: Comparable, CustomStringConvertible {
  package static func < (a: Self, b: Self) -> Bool {
    (ExactString(a.file), a.line, a.column) < (ExactString(b.file), b.line, b.column)
  }

  /// `file:line:column`, as compilers write it.
  package var description: String { "\(file):\(line):\(column)" }
}
