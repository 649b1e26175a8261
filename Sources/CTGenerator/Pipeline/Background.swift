internal import Glibc
internal import Synchronization

/// A value that is worked out on a thread of its own meanwhile. All pointers of threads are in this file.
final class Background<Value: Sendable>: Sendable {
  private final class Work: Sendable {
    let result = Mutex<Value?>(nil)
  }

  private let work = Work()
  private let body: @Sendable () -> Value
  private let thread: JoinedThread?

  init(_ body: @escaping @Sendable () -> Value) {
    self.body = body
    thread = JoinedThread { [work] in
      let value = body()
      work.result.withLock { $0 = value }
    }
  }

  /// Waits for it.
  var value: Value {
    thread?.join()
    // Without a thread it is worked out here.
    return work.result.withLock { $0 } ?? body()
  }
}

extension Array where Element: Sendable {
  /// What `transform` makes of the elements, worked out on this thread and one more, in the order of the elements.
  func mapInParallel<Value: Sendable>(_ transform: @escaping @Sendable (Element) -> Value) -> [Value] {
    let next = Places(self.count)
    let work: @Sendable () -> [(Int, Value)] = { [self] in
      var done: [(Int, Value)] = []
      while let place = next.take() { done.append((place, transform(self[place]))) }
      return done
    }
    let other = Background(work)
    let own = work()
    return (own + other.value).sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// Places of an array, each given out once.
private final class Places: Sendable {
  private let rest: Mutex<Range<Int>>

  init(_ count: Int) { rest = Mutex(0..<count) }

  func take() -> Int? { rest.withLock { $0.popFirst() } }
}

/// A thread that is waited for.
private final class JoinedThread: Sendable {
  private final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let thread: pthread_t
  private let isJoined = Mutex(false)

  /// - Returns: `nil` where no thread can be had.
  init?(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(body))
    let code = pthread_create(
      &thread, nil,
      { start in
        if let start { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body() }
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      return nil
    }
    self.thread = thread
  }

  func join() {
    isJoined.withLock { isJoined in
      if !isJoined { pthread_join(thread, nil) }
      isJoined = true
    }
  }

  deinit { join() }
}
