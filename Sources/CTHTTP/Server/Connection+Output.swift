import Glibc

extension Connection {
  /// Call it before anything is added to `output`: it gets an array from the loop's pool, and its deadline starts.
  func borrowBuffer() {
    if outputWaiting == 0 { timing.lastProgress = reactor.now }
    if output.capacity == 0 { output = reactor.buffers.take() }
  }

  /// Writes what waits, as far as the socket takes it. The rest goes when epoll says there is room.
  func flush() {
    guard outputStart < output.count, phase != .closed else { return }
    while outputStart < output.count {
      let sent = output.withUnsafeBytes {
        Socket.send(descriptor, UnsafeRawBufferPointer(rebasing: $0[outputStart...]))
      }
      guard sent > 0 else {
        if sent < 0 && errno == EAGAIN { return compact() }
        return close()
      }
      outputStart += sent
      timing.lastProgress = reactor.now
    }
    reactor.buffers.reclaim(&output)
    outputStart = 0
    resumeWriters()
  }

  /// Forgets what has been sent, once that is the larger part.
  private func compact() {
    guard outputStart > output.count / 2 else { return }
    output.removeFirst(outputStart)
    outputStart = 0
    if output.count <= Self.outputLimit / 2 { resumeWriters() }
  }

  func resumeWriters() {
    guard !writers.isEmpty else { return }
    let waiting = writers
    writers = []
    for writer in waiting { writer.resume() }
  }
}
