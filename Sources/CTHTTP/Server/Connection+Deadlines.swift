/// The moments a connection's deadlines count from, in milliseconds.
struct ConnectionTiming {
  var idleSince: UInt64 = 0
  /// When the head under way was first seen unfinished.
  var headSince: UInt64?
  /// When the present span for the body began, and what had come by then.
  var bodySince: UInt64 = 0
  var bodySeen = 0
  /// When the peer last took something.
  var lastProgress: UInt64 = 0
  var lingerEnd: UInt64 = 0
  /// Octets dropped while lingering.
  var lingered = 0

  fileprivate var deadline = UInt64.max
  fileprivate var reminder: UInt64?
}

extension Connection {
  /// Sets the deadline that fits the phase. Cheap when it only moves later: the reminder in the wheel stays.
  func updateDeadline(hasInput: Bool) {
    if phase == .reading, !decoder.isIdle, decoder.bodyReceived == nil, timing.headSince == nil {
      timing.headSince = reactor.now
    }
    timing.deadline = deadline(hasInput: hasInput)
    remind()
  }

  /// The wheel's reminder: act when the deadline has passed, or be reminded again.
  func reminded(of tick: UInt64) {
    guard tick == timing.reminder else { return }
    timing.reminder = nil
    if reactor.now >= timing.deadline { expire() }
    guard phase != .closed else { return }
    settle()
  }

  private func remind() {
    guard timing.deadline != .max else { return }
    if let reminder = timing.reminder, reminder <= timing.deadline / TimerWheel.tick { return }
    timing.reminder = reactor.remind(self, at: timing.deadline)
  }

  private func deadline(hasInput: Bool) -> UInt64 {
    let deadlines = reactor.configuration.deadlines
    if outputWaiting > 0 { return timing.lastProgress + deadlines.write.wholeMilliseconds }
    switch phase {
    case .reading where decoder.bodyReceived == nil:
      if let headSince = timing.headSince { return headSince + deadlines.head.wholeMilliseconds }
      return hasInput ? .max : timing.idleSince + deadlines.idle.wholeMilliseconds
    case .reading, .draining: return timing.bodySince + deadlines.body.wholeMilliseconds
    case .lingering: return timing.lingerEnd
    case .responding, .streaming, .closing, .closed: return .max
    }
  }

  private func expire() {
    guard phase == .reading, outputWaiting == 0 else { return close() }
    if let received = decoder.bodyReceived {
      guard received - timing.bodySeen < reactor.configuration.deadlines.minimalProgress else {
        timing.bodySince = reactor.now
        timing.bodySeen = received
        return
      }
      refuse(HTTPFault(.timeout, "the content did not come in time"))
    } else if timing.headSince != nil {
      refuse(HTTPFault(.timeout, "the header section did not come in time"))
    } else {
      close()
    }
  }
}
