import CLinux
import Glibc
import Synchronization

/// Suspends until the process gets one of these signals, and returns which. What the signals did before is restored
/// then, so that a second Ctrl-C ends a process that takes too long to shut down.
///
/// - Precondition: no other task is in this function.
public func waitForSignals(_ signals: [Int32]) async -> Int32 {
  precondition(isWaiting.exchange(true, ordering: .sequentiallyConsistent) == false, "two tasks wait for signals")
  defer { isWaiting.store(false, ordering: .sequentiallyConsistent) }
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { preconditionFailure("\(SystemError("pipe"))") }
  let (reader, writer) = (ends[0], ends[1])
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  _ = fcntl(writer, F_SETFL, O_NONBLOCK)
  for signal in signals { ct_forward_signal(signal, writer) }
  let signal = await withCheckedContinuation { continuation in
    do {
      try Thread.start(name: "signals") { continuation.resume(returning: readSignal(from: reader)) }
    } catch {
      preconditionFailure("\(error)")
    }
  }
  for signal in signals { ct_forward_signal(signal, -1) }
  close(reader)
  close(writer)
  return signal
}

private let isWaiting = Atomic(false)

private func readSignal(from reader: Int32) -> Int32 {
  var number: UInt8 = 0
  while read(reader, &number, 1) != 1 {}
  return Int32(number)
}
