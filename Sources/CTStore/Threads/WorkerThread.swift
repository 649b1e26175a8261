import Glibc

/// A thread for work that blocks, such as SQLite's: it must not hold up an event loop or the cooperative pool.
enum WorkerThread {
  /// Starts a detached thread that runs `body` and ends with it.
  /// - Parameters:
  ///   - name: at most 15 bytes, as `top -H` and debuggers show it.
  ///   - isBackground: whether the thread only gets what all others leave, and holds up none that wakes (SCHED_IDLE, sched(7)).
  static func start(
    name: String, isBackground: Bool = false, _ body: @escaping @Sendable () -> Void
  ) throws(StoreError) {
    let box = Unmanaged.passRetained(
      Body {
        setName(name)
        if isBackground { giveWay() }
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

  /// SCHED_IDLE, which the Glibc module lacks. Where it is not allowed the thread is one like the others.
  private static func giveWay() {
    var parameters = sched_param()
    pthread_setschedparam(pthread_self(), 5, &parameters)
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
