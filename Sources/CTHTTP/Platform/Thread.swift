import CLinux
import Glibc

/// Threads that nobody joins.
package enum Thread {
  private final class Start {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Starts a thread with every signal blocked: signals belong to the threads that the program's `main` knows of, and
  /// a peer that closes must not be able to end the process with SIGPIPE.
  /// - Parameter name: at most 15 bytes, as `top -H` shows it.
  package static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var thread = pthread_t()
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let start = Unmanaged.passRetained(Start(body))
    let code = pthread_create(
      &thread, nil,
      { start in
        Unmanaged<Start>.fromOpaque(start!).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      throw SystemError("pthread_create", code: code)
    }
    ct_name_thread(thread, name)
    pthread_detach(thread)
  }

  static var current: UInt { UInt(pthread_self()) }
}
