import Glibc

/// A thread for work that blocks, such as SQLite's: it must not hold up an event loop or the cooperative pool.
enum WorkerThread {
  /// Starts a detached thread that runs `body` and ends with it.
  /// - Parameters:
  ///   - name: at most 15 bytes, as `top -H` and debuggers show it.
  ///   - niceness: 0 to 19; a thread with 19 gets what the others leave (setpriority(2), which on Linux is per thread).
  static func start(
    name: String, niceness: Int32 = 0, _ body: @escaping @Sendable () -> Void
  ) throws(StoreError) {
    let box = Unmanaged.passRetained(
      Body {
        setName(name)
        if niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
        body()
      })
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      throw StoreError(.other, "cannot start a thread: \(String(cString: strerror(status)))")
    }
    pthread_detach(thread)
  }

  /// Names the calling thread, as pthread_setname_np(3) does, which the Glibc module lacks.
  private static func setName(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    if file < 0 { return }
    let bytes = Array(name.utf8)
    _ = write(file, bytes, bytes.count)
    close(file)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
