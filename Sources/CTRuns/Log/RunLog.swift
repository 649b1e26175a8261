internal import CTHTTP
import CTJSON
import Glibc
import Synchronization

/// The log of a run while it is under way: a file that grows by a line of JSON for each line of output.
///
///     {"at":"2025-09-27T10:00:00.4Z","stream":"out","text":"agreement.html written"}
package final class RunLog: Sendable {
  package enum Stream: String, Sendable {
    /// What the run wrote to its standard output, and to its standard error.
    case out, err
    /// What the tower did.
    case tower
  }

  package let path: String
  private let now: @Sendable () -> Timestamp
  private let redact: @Sendable (String) -> String
  private let changed: @Sendable () -> Void
  private let descriptor: Int32
  private let tail = Mutex<[String]>([])

  /// What the run's schema allows of a line.
  static let lineBytes = 8192
  private static let tailCount = 20

  /// Opens the log of a run, behind what an earlier attempt wrote.
  /// - Parameters:
  ///   - redact: takes personal data out of a line.
  ///   - changed: is called after each line.
  init(
    path: String, now: @escaping @Sendable () -> Timestamp, redact: @escaping @Sendable (String) -> String,
    changed: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    self.path = path
    self.now = now
    self.redact = redact
    self.changed = changed
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError("cannot open the log \(path)", code: errno) }
  }

  deinit { close(descriptor) }

  /// Adds a line, or several where it is longer than a line may be. What the disk does not take is lost: the run's end
  /// tells of a disk that is full.
  package func write(_ stream: Stream, _ text: String) {
    for piece in Self.pieces(redact(text)) {
      var line = Array(#"{"at":"\#(now())","stream":"\#(stream.rawValue)","text":"#.utf8)
      JSONWriter.append(string: piece, to: &line)
      line += Array("}\n".utf8)
      tail.withLock { tail in
        _ = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        tail.append(piece)
        if tail.count > Self.tailCount { tail.removeFirst() }
      }
    }
    changed()
  }

  /// Adds a line that tells how far the run is, in the form in which commands tell it.
  func write(_ progress: RunProgress) {
    let line = JSONValue.object([.init(key: "progress", value: progress.json)])
    write(.tower, String(decoding: JSONWriter.write(line), as: UTF8.self))
  }

  /// The last lines.
  var lastLines: [String] { tail.withLock { $0 } }

  /// The last lines of a log that nobody writes any more.
  static func lastLines(of path: String) -> [String] {
    guard let file = PlainFile(path) else { return [] }
    let limit = tailCount * (2 * lineBytes)
    // What is cut off at the front, or was not written to its end, is no line of JSON.
    return file.piece(at: max(0, file.size - Int64(limit)), limit: limit).split(separator: UInt8(ascii: "\n"))
      .compactMap { (try? JSONValue(parsing: Array($0)))?["text"]?.string }.suffix(tailCount)
  }

  /// The text in pieces that are not too long, cut between characters.
  static func pieces(_ text: String) -> [String] {
    guard text.utf8.count > lineBytes else { return [text] }
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      let width = UTF8.width(scalar)
      if count + width > lineBytes {
        pieces.append(String(piece))
        piece = .init()
        count = 0
      }
      piece.append(scalar)
      count += width
    }
    if !piece.isEmpty { pieces.append(String(piece)) }
    return pieces
  }
}
