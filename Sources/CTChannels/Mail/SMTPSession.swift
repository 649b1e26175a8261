internal import CCurl
internal import CTHTTP
internal import Glibc

/// One message on its way to the server. Blocking; libcurl calls back on the same thread.
final class SMTPSession {
  private let server: SMTPServer
  private let message: EmailMessage
  private let stop: StopFlag
  private let octets: [UInt8]
  private var sent = 0
  private var transcript = SMTPTranscript()
  private var refusal: OutboundRefusal?

  /// `curl_global_init` before anything else, once.
  private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  static func run(_ server: SMTPServer, _ message: EmailMessage, _ stop: StopFlag) -> Result<MailReceipt, DeliveryError>
  {
    let session = SMTPSession(server, message, stop)
    return withExtendedLifetime(session) { session.perform() }
  }

  private init(_ server: SMTPServer, _ message: EmailMessage, _ stop: StopFlag) {
    self.server = server
    self.message = message
    self.stop = stop
    octets = message.mime
  }

  private func perform() -> Result<MailReceipt, DeliveryError> {
    guard Self.library == CURLE_OK, let handle = curl_easy_init() else {
      return .failure(DeliveryError(.passing(), "libcurl cannot be started"))
    }
    defer { curl_easy_cleanup(handle) }
    var recipients: UnsafeMutablePointer<curl_slist>?
    for mailbox in message.to { recipients = curl_slist_append(recipients, "<\(mailbox.address)>") }
    defer { curl_slist_free_all(recipients) }
    var words = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
    let code = words.withUnsafeMutableBufferPointer { buffer in
      var setting = CurlSetting(handle)
      configure(&setting)
      setting.pointer(CURLOPT_MAIL_RCPT, recipients)
      setting.pointer(CURLOPT_ERRORBUFFER, buffer.baseAddress)
      return setting.fault == CURLE_OK ? curl_easy_perform(handle) : setting.fault
    }
    let reason = String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return judge(code, reason.isEmpty ? String(cString: curl_easy_strerror(code)) : reason)
  }

  // MARK: How it is set up

  private func configure(_ setting: inout CurlSetting) {
    setting.text(CURLOPT_URL, server.url)
    setting.text(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // No proxy of the environment: it would be connected to instead of what was checked.
    setting.text(CURLOPT_PROXY, "")
    setting.number(CURLOPT_NOSIGNAL, 1)
    setting.number(CURLOPT_USE_SSL, server.security == .none ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue)
    setting.number(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let file = server.authorities { setting.text(CURLOPT_CAINFO, file) }
    if let login = server.login {
      setting.text(CURLOPT_USERNAME, login.user)
      setting.text(CURLOPT_PASSWORD, login.password)
    }
    setting.number(CURLOPT_CONNECTTIMEOUT_MS, server.connectTimeout.milliseconds)
    setting.number(CURLOPT_TIMEOUT_MS, server.timeout.milliseconds)
    setting.text(CURLOPT_MAIL_FROM, "<\(message.from.address)>")
    // One refused address does not keep the alert from the others.
    setting.number(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1)
    setting.number(CURLOPT_UPLOAD, 1)
    addCallbacks(&setting)
  }

  private func addCallbacks(_ setting: inout CurlSetting) {
    let this = Unmanaged.passUnretained(self).toOpaque()
    for option in [CURLOPT_READDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA, CURLOPT_OPENSOCKETDATA] {
      setting.pointer(option, this)
    }
    setting.check(
      ct_curl_set_read(setting.handle) { buffer, size, count, this in
        SMTPSession.of(this).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
      })
    setting.number(CURLOPT_VERBOSE, 1)
    setting.check(
      ct_curl_set_debug(setting.handle) { _, kind, data, count, this in
        SMTPSession.of(this).note(kind, UnsafeRawBufferPointer(start: data, count: count))
        return 0
      })
    setting.number(CURLOPT_NOPROGRESS, 0)
    setting.check(
      ct_curl_set_progress(setting.handle) { this, _, _, _, _ in SMTPSession.of(this).stop.isSet ? 1 : 0 })
    setting.check(
      ct_curl_set_open_socket(setting.handle) { this, _, address in
        address.map { SMTPSession.of(this).openSocket($0) } ?? -1
      })
  }

  /// - Precondition: it is what `addCallbacks` gave to libcurl, which calls back only while `run` holds the session.
  private static func of(_ pointer: UnsafeMutableRawPointer?) -> SMTPSession {
    Unmanaged.fromOpaque(pointer!).takeUnretainedValue()
  }

  // MARK: What libcurl asks for

  private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = octets[sent...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    sent += part.count
    return part.count
  }

  private func note(_ kind: curl_infotype, _ data: UnsafeRawBufferPointer) {
    switch kind {
    case CURLINFO_HEADER_IN: transcript.received(data)
    case CURLINFO_HEADER_OUT: transcript.sent(data)
    default: break
    }
  }

  /// libcurl connects to the very address that is checked here.
  private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    // The address may be longer than the `sockaddr` that it is declared as.
    let start = UnsafeRawPointer(address) + MemoryLayout<curl_sockaddr>.offset(of: \.addr)!
    let peer = SocketAddress(sockaddr: UnsafeRawBufferPointer(start: start, count: Int(address.pointee.addrlen)))
    refusal = server.outbound.refusal(of: peer, host: server.host, isEncrypted: server.security != .none)
    guard refusal == nil else { return -1 }
    return socket(
      address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), address.pointee.protocol)
  }

  // MARK: How it ended

  private func judge(_ code: CURLcode, _ reason: String) -> Result<MailReceipt, DeliveryError> {
    if let refusal, code != CURLE_OK { return .failure(DeliveryError(.final, refusal.description)) }
    guard code != CURLE_OK else {
      return .success(MailReceipt(server: server.name, reply: transcript.reply, refused: transcript.refused))
    }
    guard transcript.code >= 400 else {
      let step = transcript.command.map { " (after \($0))" } ?? ""
      return .failure(DeliveryError(.passing(), "\(server.name): \(reason)\(step)"))
    }
    let replies = transcript.refused.map { "\($0.address): \($0.reply)" }
    // RFC 5321, section 4.2.1: 5yz is permanent. One recipient who may be taken later is reason enough to try again.
    let codes = replies.isEmpty ? [transcript.code] : transcript.refused.map { SMTPTranscript.code(of: $0.reply) }
    let said = replies.isEmpty ? transcript.reply : replies.joined(separator: "; ")
    return .failure(
      DeliveryError(
        codes.allSatisfy { $0 >= 500 } ? .final : .passing(),
        "\(server.name) answered \(transcript.command ?? "the connection") with \(said)"))
  }
}

/// Sets options, and remembers the first fault.
private struct CurlSetting {
  let handle: UnsafeMutableRawPointer
  private(set) var fault = CURLE_OK

  init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

  mutating func check(_ code: CURLcode) { if fault == CURLE_OK { fault = code } }
  mutating func text(_ option: CURLoption, _ value: String) { check(ct_curl_set_text(handle, option, value)) }
  mutating func number(_ option: CURLoption, _ value: some BinaryInteger) {
    check(ct_curl_set_number(handle, option, Int(value)))
  }
  mutating func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
    check(ct_curl_set_pointer(handle, option, value))
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
