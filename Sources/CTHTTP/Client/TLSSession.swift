import COpenSSL
import Glibc

/// What all TLS sessions of a client share: the trusted certificates and the rules.
//
// @unchecked Sendable: an SSL_CTX counts its references atomically, and may be used by several threads as long as
// it is not changed (SSL_CTX_new(3), openssl-threads(7)); it is not changed after `init`.
final class TLSContext: @unchecked Sendable {
  fileprivate let pointer: OpaquePointer

  /// Trusts whoever answers: only to look at a certificate, nothing is ever sent over it.
  init(lookingAt origin: HTTPOrigin) throws(HTTPClientError) {
    ERR_clear_error()
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw OpenSSLReason.error(origin) }
    pointer = context
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
  }

  init(trust: HTTPClientConfiguration.Trust, origin: HTTPOrigin) throws(HTTPClientError) {
    ERR_clear_error()
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw OpenSSLReason.error(origin) }
    pointer = context
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
    SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER), nil)
    let isLoaded =
      switch trust {
      case .system: SSL_CTX_set_default_verify_paths(context) == 1
      case .authorities(let file): SSL_CTX_load_verify_file(context, file) == 1
      }
    guard isLoaded else { throw OpenSSLReason.error(origin, "the trusted certificates cannot be loaded") }
  }

  deinit { SSL_CTX_free(pointer) }
}

/// TLS over a non-blocking socket, with the server's name checked (RFC 9110, section 4.3.4).
final class TLSSession: ClientTransport {
  private let pointer: OpaquePointer
  private let descriptor: Int32
  private let origin: HTTPOrigin
  private let context: TLSContext
  private var isEnded = false

  init(context: TLSContext, descriptor: Int32, origin: HTTPOrigin) throws(HTTPClientError) {
    ERR_clear_error()
    guard let session = SSL_new(context.pointer) else { throw OpenSSLReason.error(origin) }
    pointer = session
    self.context = context
    self.descriptor = descriptor
    self.origin = origin
    guard SSL_set_fd(session, descriptor) == 1, expectName(), offerHTTP() else {
      throw OpenSSLReason.error(origin, "the session cannot be set up")
    }
  }

  deinit { end() }

  /// The certificate must be for this host; names are announced (SNI), addresses are not (RFC 6066, section 3).
  private func expectName() -> Bool {
    if SocketAddress(literal: origin.host, port: 0) != nil {
      return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(pointer), origin.host) == 1
    }
    SSL_set_hostflags(pointer, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
    let isAnnounced = origin.host.withCString { name in
      // The C macro SSL_set_tlsext_host_name, which copies the name.
      let name = UnsafeMutableRawPointer(mutating: name)
      return SSL_ctrl(pointer, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), name)
    }
    return isAnnounced == 1 && SSL_set1_host(pointer, origin.host) == 1
  }

  /// ALPN (RFC 7301): only HTTP/1.1 is spoken.
  private func offerHTTP() -> Bool {
    let protocols = [8] + Array("http/1.1".utf8)
    return SSL_set_alpn_protos(pointer, protocols, UInt32(protocols.count)) == 0
  }

  /// The end of the validity of the certificate that the server has shown, in seconds since 1970; `nil` when it showed none.
  var certificateEnd: Int64? {
    guard let certificate = SSL_get1_peer_certificate(pointer) else { return nil }
    defer { X509_free(certificate) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard let epoch = ASN1_TIME_set(nil, 0) else { return nil }
    defer { ASN1_STRING_free(epoch) }
    guard ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate)) == 1 else { return nil }
    return Int64(days) * 86_400 + Int64(seconds)
  }

  func handshake(deadline: ContinuousClock.Instant) throws(HTTPClientError) {
    while true {
      ERR_clear_error()
      let result = SSL_connect(pointer)
      if result == 1 { return }
      try resolve(result, deadline, .handshake, failure: handshakeFailure)
    }
  }

  private func handshakeFailure(_ error: Int32, _ code: Int32) -> HTTPClientError {
    let verification = SSL_get_verify_result(pointer)
    if verification != Int(X509_V_OK) {
      return .tls(origin: origin, reason: String(cString: X509_verify_cert_error_string(verification)))
    }
    if error == SSL_ERROR_SSL { return OpenSSLReason.error(origin) }
    return .tls(origin: origin, reason: "the server closed the connection during the handshake")
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, deadline: ContinuousClock.Instant
  ) throws(HTTPClientError) -> Int {
    while true {
      ERR_clear_error()
      let result = SSL_read(pointer, buffer.baseAddress, Int32(buffer.count))
      if result > 0 { return Int(result) }
      if SSL_get_error(pointer, result) == SSL_ERROR_ZERO_RETURN { return 0 }
      try resolve(result, deadline, .response, failure: failure)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer, deadline: ContinuousClock.Instant) throws(HTTPClientError) -> Int? {
    while true {
      ERR_clear_error()
      let result = SSL_write(pointer, bytes.baseAddress, Int32(min(bytes.count, 1 << 20)))
      if result > 0 { return Int(result) }
      try resolve(result, deadline, .send, failure: failure)
    }
  }

  func end() {
    guard !isEnded else { return }
    isEnded = true
    SSL_free(pointer)
  }

  /// Waits for what OpenSSL wants, or throws what it says is wrong.
  private func resolve(
    _ result: Int32, _ deadline: ContinuousClock.Instant, _ step: HTTPClientError.Step,
    failure: (Int32, Int32) -> HTTPClientError
  ) throws(HTTPClientError) {
    let code = errno
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ: try Readiness.wait(descriptor, for: POLLIN, deadline: deadline, step: step)
    case SSL_ERROR_WANT_WRITE: try Readiness.wait(descriptor, for: POLLOUT, deadline: deadline, step: step)
    case let error: throw failure(error, code)
    }
  }

  private func failure(_ error: Int32, _ code: Int32) -> HTTPClientError {
    if error == SSL_ERROR_SYSCALL { return .transport(SystemError("TLS", code: code)) }
    // Without close_notify somebody else may have cut the connection (RFC 8446, section 6.1).
    return .tls(origin: origin, reason: OpenSSLReason.text() ?? "the TLS session failed")
  }
}

/// OpenSSL's own words for what went wrong on this thread.
enum OpenSSLReason {
  static func text() -> String? {
    let code = ERR_get_error()
    guard code != 0, let reason = ERR_reason_error_string(code) else { return nil }
    return String(cString: reason)
  }

  static func error(_ origin: HTTPOrigin, _ context: String? = nil) -> HTTPClientError {
    let reason = [context, text()].compactMap { $0 }.joined(separator: ": ")
    return .tls(origin: origin, reason: reason.isEmpty ? "unknown" : reason)
  }
}
