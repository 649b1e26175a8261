package import CTSpec
internal import Glibc
internal import Synchronization

/// What commands read from and write to: the process's own files, or memory in tests.
package struct CommandIO: Sendable {
  package var files: FileReader
  /// All of standard input.
  package var standardInput: @Sendable () -> [UInt8]
  package var output: @Sendable ([UInt8]) -> Void
  package var complaints: @Sendable ([UInt8]) -> Void
  /// Takes what nobody needs any more: a process that is about to end does not have to tidy up.
  package var retire: @Sendable (any Sendable) -> Void = { _ in }

  package init(
    files: FileReader, standardInput: @escaping @Sendable () -> [UInt8] = { [] },
    output: @escaping @Sendable ([UInt8]) -> Void, complaints: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.files = files
    self.standardInput = standardInput
    self.output = output
    self.complaints = complaints
  }

  package static let process: CommandIO = {
    var io = CommandIO(
      files: .disk, standardInput: { (try? FileReader.disk.read("/dev/stdin")) ?? [] },
      output: { write($0, to: STDOUT_FILENO) }, complaints: { write($0, to: STDERR_FILENO) })
    io.retire = { item in retired.withLock { $0.append(item) } }
    return io
  }()

  private static let retired = Mutex<[any Sendable]>([])

  func say(_ text: String) { output(Array((text + "\n").utf8)) }

  package func complain(_ text: String) { complaints(Array((text + "\n").utf8)) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }  // nobody reads any more
      rest = rest.dropFirst(count)
    }
  }
}
