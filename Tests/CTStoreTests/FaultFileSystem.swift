import CSQLite
import Glibc
import Synchronization

@testable import CTStore

/// Which file operations fail, and how.
final class FaultPlan: Sendable {
  enum Operation: Sendable, CaseIterable {
    case open, read, write, truncate, sync
  }

  private struct State {
    var operations: Set<Operation> = []
    var code: Int32 = 0
    /// Matching operations that still succeed before the first failure.
    var spared = 0
    /// Failures still to come.
    var failures = 0
    var happened = 0
  }

  private let state = Mutex(State())
  private let isHanging = Atomic(false)
  private let released = Semaphore()

  /// Lets the next sync of the disk not return until ``release()``.
  func hang() { isHanging.store(true, ordering: .sequentiallyConsistent) }

  func release() { released.signal() }

  /// Lets `failures` matching operations fail with an SQLite code, after `spared` that succeed.
  func fail(_ operations: Set<Operation>, code: Int32, sparing spared: Int = 0, times failures: Int = 1) {
    state.withLock { $0 = State(operations: operations, code: code, spared: spared, failures: failures) }
  }

  func heal() { state.withLock { $0.failures = 0 } }

  /// Failures since the last ``fail(_:code:sparing:times:)``.
  var happened: Int { state.withLock { $0.happened } }

  func check(_ operation: Operation) -> Int32? {
    if operation == .sync, isHanging.exchange(false, ordering: .sequentiallyConsistent) { released.wait() }
    return state.withLock { state in
      guard state.failures > 0, state.operations.contains(operation) else { return nil }
      if state.spared > 0 {
        state.spared -= 1
        return nil
      }
      state.failures -= 1
      state.happened += 1
      return state.code
    }
  }
}

/// An SQLite file system (sqlite.org/vfs.html) that passes everything on to the system's own, except what its plan
/// lets fail. It stays registered for the life of the process.
struct FaultFileSystem {
  let name: String
  let plan = FaultPlan()

  init(_ name: String) {
    self.name = name
    let system = sqlite3_vfs_find(nil)!
    let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    vfs.initialize(to: system.pointee)
    vfs.pointee.szOsFile += Int32(FaultFile.size)
    vfs.pointee.zName = UnsafePointer(strdup(name))
    vfs.pointee.pNext = nil
    vfs.pointee.pAppData = Unmanaged.passRetained(plan).toOpaque()
    vfs.pointee.xOpen = { vfs, path, file, flags, outFlags in FaultFile.open(vfs!, path, file!, flags, outFlags) }
    sqlite3_vfs_register(vfs, 0)
  }
}

/// SQLite's file object of ours, with the system's own behind it in the same piece of memory.
private struct FaultFile {
  var base: sqlite3_file
  var plan: Unmanaged<FaultPlan>

  static let size = (MemoryLayout<FaultFile>.stride + 15) / 16 * 16

  typealias File = UnsafeMutablePointer<sqlite3_file>

  static func real(_ file: File?) -> File {
    (UnsafeMutableRawPointer(file!) + size).assumingMemoryBound(to: sqlite3_file.self)
  }

  static func methods(_ file: File?) -> sqlite3_io_methods { real(file).pointee.pMethods.pointee }

  static func check(_ file: File?, _ operation: FaultPlan.Operation) -> Int32? {
    UnsafeMutableRawPointer(file!).assumingMemoryBound(to: FaultFile.self).pointee.plan
      .takeUnretainedValue().check(operation)
  }

  static func open(
    _ vfs: UnsafeMutablePointer<sqlite3_vfs>, _ path: UnsafePointer<CChar>?, _ file: File, _ flags: Int32,
    _ outFlags: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    let plan = Unmanaged<FaultPlan>.fromOpaque(vfs.pointee.pAppData)
    file.pointee.pMethods = nil
    if let code = plan.takeUnretainedValue().check(.open) { return code }
    let system = sqlite3_vfs_find(nil)!
    let status = system.pointee.xOpen(system, path, real(file), flags, outFlags)
    if real(file).pointee.pMethods != nil {
      UnsafeMutableRawPointer(file).bindMemory(to: FaultFile.self, capacity: 1)
        .initialize(to: FaultFile(base: sqlite3_file(pMethods: Table.shared.methods), plan: plan))
    }
    return status
  }

  /// Sendable although it holds a pointer: the table is never changed after it was made, and never freed.
  private struct Table: @unchecked Sendable {
    let methods: UnsafePointer<sqlite3_io_methods>
    static let shared = Table(methods: makeTable())
  }

  private static func makeTable() -> UnsafePointer<sqlite3_io_methods> {
    let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    table.initialize(to: sqlite3_io_methods())
    table.pointee.iVersion = 2  // With shared memory, without memory mapping.
    table.pointee.xClose = { FaultFile.methods($0).xClose(FaultFile.real($0)) }
    table.pointee.xRead = { FaultFile.check($0, .read) ?? FaultFile.methods($0).xRead(FaultFile.real($0), $1, $2, $3) }
    table.pointee.xWrite = {
      FaultFile.check($0, .write) ?? FaultFile.methods($0).xWrite(FaultFile.real($0), $1, $2, $3)
    }
    table.pointee.xTruncate = {
      FaultFile.check($0, .truncate) ?? FaultFile.methods($0).xTruncate(FaultFile.real($0), $1)
    }
    table.pointee.xSync = { FaultFile.check($0, .sync) ?? FaultFile.methods($0).xSync(FaultFile.real($0), $1) }
    table.pointee.xFileSize = { FaultFile.methods($0).xFileSize(FaultFile.real($0), $1) }
    table.pointee.xLock = { FaultFile.methods($0).xLock(FaultFile.real($0), $1) }
    table.pointee.xUnlock = { FaultFile.methods($0).xUnlock(FaultFile.real($0), $1) }
    table.pointee.xCheckReservedLock = { FaultFile.methods($0).xCheckReservedLock(FaultFile.real($0), $1) }
    table.pointee.xFileControl = { FaultFile.methods($0).xFileControl(FaultFile.real($0), $1, $2) }
    table.pointee.xSectorSize = { FaultFile.methods($0).xSectorSize(FaultFile.real($0)) }
    table.pointee.xDeviceCharacteristics = { FaultFile.methods($0).xDeviceCharacteristics(FaultFile.real($0)) }
    table.pointee.xShmMap = { FaultFile.methods($0).xShmMap(FaultFile.real($0), $1, $2, $3, $4) }
    table.pointee.xShmLock = { FaultFile.methods($0).xShmLock(FaultFile.real($0), $1, $2, $3) }
    table.pointee.xShmBarrier = { FaultFile.methods($0).xShmBarrier(FaultFile.real($0)) }
    table.pointee.xShmUnmap = { FaultFile.methods($0).xShmUnmap(FaultFile.real($0), $1) }
    return UnsafePointer(table)
  }
}
