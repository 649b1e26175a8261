internal import Glibc

/// Runs what goes deeper than the stack of any thread allows.
enum LargeStack {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs `body` on a thread with a stack of that size, and waits for it; only what is used of it takes memory.
  ///
  /// - Returns: false where the system has no room for such a thread; then nothing was run.
  static func run(bytes: Int, _ body: () -> Void) -> Bool {
    withoutActuallyEscaping(body) { body in
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      let work = Unmanaged.passRetained(Work(body))
      var thread = pthread_t()
      let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeUnretainedValue().body() }
        return nil
      }
      let hasRoom =
        pthread_attr_setstacksize(&attributes, bytes) == 0
        && pthread_create(&thread, &attributes, start, work.toOpaque()) == 0
      if hasRoom { pthread_join(thread, nil) }
      work.release()
      return hasRoom
    }
  }
}
