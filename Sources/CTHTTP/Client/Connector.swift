import Glibc
import Synchronization

/// Makes connections: looks the name up, tries its addresses in turn, and shakes hands for https.
final class Connector: Sendable {
  typealias Lookup = @Sendable (HTTPOrigin) throws(HTTPClientError) -> [SocketAddress]

  private let configuration: HTTPClientConfiguration
  private let lookUp: Lookup
  private let context = Mutex<TLSContext?>(nil)

  init(configuration: HTTPClientConfiguration, lookUp: @escaping Lookup = Resolver.addresses) {
    self.configuration = configuration
    self.lookUp = lookUp
  }

  func connect(to origin: HTTPOrigin, _ interruption: Interruption) throws(HTTPClientError) -> ClientConnection {
    try reach(origin, interruption) { descriptor throws(HTTPClientError) in
      try secure(descriptor, origin, interruption)
    }
  }

  /// The end of the validity of the certificate that a server shows, in seconds since 1970, whoever signed it.
  func certificateEnd(of origin: HTTPOrigin, _ interruption: Interruption) throws(HTTPClientError) -> Int64 {
    try reach(origin, interruption) { descriptor throws(HTTPClientError) in
      defer {
        interruption.detach()
        close(descriptor)
      }
      let session = try TLSSession(
        context: TLSContext(lookingAt: origin), descriptor: descriptor, origin: origin)
      defer { session.end() }
      try session.handshake(deadline: ContinuousClock.now + configuration.connectTimeout)
      guard let end = session.certificateEnd else { throw .tls(origin: origin, reason: "it shows no certificate") }
      return end
    }
  }

  /// Looks the name up and hands a connected socket to `use`, which owns it from then on.
  private func reach<Result>(
    _ origin: HTTPOrigin, _ interruption: Interruption, _ use: (Int32) throws(HTTPClientError) -> Result
  ) throws(HTTPClientError) -> Result {
    var failure = SystemError("\(origin.host) has no address", code: EADDRNOTAVAIL)
    let deadline = ContinuousClock.now + configuration.connectTimeout
    let addresses = try lookUp(origin)
    // Looked up once: what is checked here is what is connected to below.
    try check(addresses, of: origin)
    for address in addresses {
      do throws(HTTPClientError) {
        let descriptor = try open(address, deadline, interruption, &failure)
        guard let descriptor else { continue }
        return try use(descriptor)
      } catch {
        interruption.detach()
        throw error
      }
    }
    throw .connect(origin: origin, failure)
  }

  /// One address that is not allowed is enough: which one a connection is made to must not be up to chance.
  private func check(_ addresses: [SocketAddress], of origin: HTTPOrigin) throws(HTTPClientError) {
    for address in addresses {
      let refusal = configuration.outbound.refusal(
        of: address, host: origin.host, isEncrypted: origin.scheme == .https)
      if let refusal { throw .refused(refusal) }
    }
  }

  /// A connected socket; nil, with the reason in `failure`, when this address does not answer.
  private func open(
    _ address: SocketAddress, _ deadline: ContinuousClock.Instant, _ interruption: Interruption,
    _ failure: inout SystemError
  ) throws(HTTPClientError) -> Int32? {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.family, type, 0)
    guard descriptor >= 0 else {
      failure = SystemError("socket")
      return nil
    }
    do throws(HTTPClientError) {
      try interruption.attach(descriptor)
      let code = try connect(descriptor, to: address, deadline)
      guard code == 0 else {
        failure = SystemError("\(address)", code: code)
        interruption.detach()
        close(descriptor)
        return nil
      }
      Socket.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      return descriptor
    } catch {
      interruption.detach()
      close(descriptor)
      throw error
    }
  }

  /// The error code of connecting; 0 when it is done.
  private func connect(
    _ descriptor: Int32, to address: SocketAddress, _ deadline: ContinuousClock.Instant
  ) throws(HTTPClientError) -> Int32 {
    if address.withSockaddr({ Glibc.connect(descriptor, $0, $1) }) == 0 { return 0 }
    guard errno == EINPROGRESS else { return errno }
    try Readiness.wait(descriptor, for: POLLOUT, deadline: deadline, step: .connect)
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return code
  }

  private func secure(
    _ descriptor: Int32, _ origin: HTTPOrigin, _ interruption: Interruption
  ) throws(HTTPClientError) -> ClientConnection {
    guard origin.scheme == .https else {
      return ClientConnection(descriptor, PlainTransport(descriptor), interruption)
    }
    do throws(HTTPClientError) {
      let session = try TLSSession(context: tlsContext(for: origin), descriptor: descriptor, origin: origin)
      try session.handshake(deadline: ContinuousClock.now + configuration.connectTimeout)
      return ClientConnection(descriptor, session, interruption)
    } catch {
      interruption.detach()
      close(descriptor)
      throw error
    }
  }

  private func tlsContext(for origin: HTTPOrigin) throws(HTTPClientError) -> TLSContext {
    if let made = context.withLock({ $0 }) { return made }
    let made = try TLSContext(trust: configuration.trust, origin: origin)
    context.withLock { $0 = made }
    return made
  }
}

/// getaddrinfo(3). It blocks, and cannot be told to stop.
enum Resolver {
  static func addresses(of origin: HTTPOrigin) throws(HTTPClientError) -> [SocketAddress] {
    if let literal = SocketAddress(literal: origin.host, port: origin.port) { return [literal] }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(origin.host, String(origin.port), &hints, &list)
    guard code == 0 else { throw .resolve(host: origin.host, reason: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      addresses.append(SocketAddress(entry.ai_addr, length: entry.ai_addrlen))
      next = entry.ai_next
    }
    return addresses
  }
}
