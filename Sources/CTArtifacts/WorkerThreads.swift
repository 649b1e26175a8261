import Glibc

/// Threads of our own for work that blocks or takes long, so that it holds up neither an event loop nor the cooperative
/// pool:
///
///     let bytes = try await withTaskExecutorPreference(threads) { try file.read() }
///
/// They live as long as the process; make few.
package final class WorkerThreads: TaskExecutor {
  private let queue: JobQueue

  /// - Parameters:
  ///   - name: at most 15 bytes, as `top -H` shows it.
  ///   - isBackground: whether the threads only get what all others leave, and hold up none that wakes (SCHED_IDLE, sched(7)).
  package init(name: String, count: Int, isBackground: Bool = false) {
    let queue = JobQueue()
    self.queue = queue
    for _ in 0..<count { Self.start { queue.run(name: name, isBackground: isBackground) } }
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    queue.add(UnownedJob(job), on: asUnownedTaskExecutor())
  }

  private static func start(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Body(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    precondition(status == 0, "cannot start a thread: \(String(cString: strerror(status)))")
    pthread_detach(thread)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// Jobs that wait for a thread.
///
/// Sendable although it holds pointers: they are set once, POSIX lets any thread use what they point to, and `jobs` is
/// only touched under the mutex. It lives as long as the process: its threads never end.
private final class JobQueue: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var jobs: [(job: UnownedJob, executor: UnownedTaskExecutor)] = []

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  func add(_ job: UnownedJob, on executor: UnownedTaskExecutor) {
    pthread_mutex_lock(mutex)
    jobs.append((job, executor))
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  func run(name: String, isBackground: Bool) {
    prepare(name, isBackground)
    while true {
      pthread_mutex_lock(mutex)
      while jobs.isEmpty { pthread_cond_wait(condition, mutex) }
      let (job, executor) = jobs.removeFirst()
      pthread_mutex_unlock(mutex)
      job.runSynchronously(on: executor)
    }
  }

  private func prepare(_ name: String, _ isBackground: Bool) {
    // SCHED_IDLE, which the Glibc module lacks. Where it is not allowed the thread is one like the others.
    var parameters = sched_param()
    if isBackground { pthread_setschedparam(pthread_self(), 5, &parameters) }
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    if file < 0 { return }
    let bytes = Array(name.utf8)
    _ = write(file, bytes, bytes.count)
    close(file)
  }
}
