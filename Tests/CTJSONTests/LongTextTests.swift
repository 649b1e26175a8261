import Glibc
import Testing

@testable import CTJSON

@Suite struct LongTextTests {
  /// Places in a text are kept in 32 bits, so that a longer one is refused before anything of it is read.
  @Test(arguments: [(Int(Int32.max), false), (Int(Int32.max) + 1, true)])
  func `a text of more than 2 GiB is refused at its start`(count: Int, isRefused: Bool) throws {
    // Pages that nobody touches take no memory.
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let text = try #require(mmap(nil, count, PROT_READ, flags, -1, 0))
    defer { munmap(text, count) }
    let bytes = UnsafePointer(text.assumingMemoryBound(to: UInt8.self))
    let error = JSONReader.read(bytes, count: count, limits: JSONLimits()) { reader in reader.syntaxError }
    #expect(error == (isRefused ? JSONSyntaxError(.tooLong, at: 0) : nil))
  }
}
