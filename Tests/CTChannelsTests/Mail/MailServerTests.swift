import CTHTTP
import CTJSON
import Testing

@testable import CTChannels

/// Mail, as a real server takes it or does not.
@Suite struct MailServerTests {
  private func mail(
    to: [String] = ["ops@example.com"], subject: String = "Hello", text: String = "A line\n", html: String? = nil
  ) -> EmailMessage {
    EmailMessage(
      from: Mailbox("Control Tower <tower@example.com>")!, to: to.map { Mailbox($0)! }, subject: subject, text: text,
      html: html, id: "mail_1", thread: "t", date: Timestamp("2025-09-27T10:05:00Z")!)
  }

  private func failure(_ server: SMTPServer, _ message: EmailMessage) async throws -> DeliveryError {
    try #require(await #expect(throws: DeliveryError.self) { try await SMTPMailer(server: server).send(message) })
  }

  @Test func aMessageArrivesAsItWasWritten() async throws {
    let peer = try MailPeer([])
    let text = ".\n..two dots\nGrüße – \u{1F600}\n\ntrailing \nfrom me = you\n" + String(repeating: "long ", count: 300)
    let message = mail(
      to: ["ops@example.com", "Jörg Müller <joerg@example.com>", "\"Doe, Jane\" <jane@example.com>"],
      subject: "Störung: " + String(repeating: "ä\u{1F600}", count: 60), text: text, html: "<p>Grüße &amp; mehr</p>\n")
    let receipt = try await SMTPMailer(server: peer.server()).send(message)
    let seen = try peer.message()
    #expect(receipt.reply == "250 2.0.0 taken" && receipt.refused.isEmpty)
    #expect(seen["sender"]?.string == "tower@example.com")
    let recipients = seen["recipients"]?.elements?.compactMap(\.string)
    #expect(recipients == ["ops@example.com", "joerg@example.com", "jane@example.com"])
    #expect(seen["type"]?.string == "multipart/alternative")
    #expect(seen["plain"]?.string == text)
    #expect(seen["html"]?.string == message.html)
    let headers = try #require(seen["headers"])
    #expect(headers["subject"]?.string == message.subject)
    #expect(headers["from"]?.string == "Control Tower <tower@example.com>")
    #expect(headers["to"]?.string?.contains("Jörg Müller <joerg@example.com>") == true)
    #expect(headers["date"]?.string == "Sat, 27 Sep 2025 10:05:00 +0000")
    #expect(headers["auto-submitted"]?.string == "auto-generated")
    #expect(seen["defects"]?.elements == [] && seen["isASCII"]?.bool == true)
    let longest = try #require(seen["longestLine"]?.number.flatMap { Int($0.lexeme) })
    #expect(longest <= 78)
  }

  @Test func aRepeatHasTheSameMessageID() async throws {
    let peer = try MailPeer([])
    for id in ["ntf_1", "ntf_1", "ntf_2"] {
      let channel = EmailChannel(
        from: Mailbox("tower@example.com")!, to: [Mailbox("ops@example.com")!],
        mailer: SMTPMailer(server: peer.server()))
      _ = try await channel.send(sample(id: id))
    }
    let headers = try (0..<3).map { _ in try #require(try peer.message()["headers"]) }
    let ids = headers.compactMap { $0["message-id"]?.string }
    #expect(ids.count == 3 && ids[0] == ids[1] && ids[0] != ids[2] && ids[0].hasSuffix("@example.com>"))
    // All of them are about one alert, and shown together.
    #expect(Set(headers.compactMap { $0["references"]?.string }).count == 1)
  }

  // MARK: TLS and logging in

  @Test(arguments: [SMTPServer.Security.starttls, .tls]) func overTLSAndLoggedIn(security: SMTPServer.Security)
    async throws
  {
    let certificate = try TestCertificate()
    let arguments = [
      "--certificate", certificate.file, "--key", certificate.key, "--user", "tower", "--password", "p w",
    ]
    let peer = try MailPeer(arguments + (security == .tls ? ["--tls"] : []))
    let login = SMTPServer.Login(user: "tower", password: "p w")
    _ = try await SMTPMailer(server: peer.server(security, login: login, authorities: certificate.authority)).send(
      mail())
    let seen = try peer.message()
    #expect(seen["user"]?.string == "tower")
    if security == .starttls { #expect(seen["tls"]?.bool == true) }
  }

  @Test func overAUTHLOGINWhereThereIsNothingElse() async throws {
    let certificate = try TestCertificate()
    let peer = try MailPeer([
      "--certificate", certificate.file, "--key", certificate.key, "--user", "tower", "--password", "pw", "--no-plain",
    ])
    let login = SMTPServer.Login(user: "tower", password: "pw")
    _ = try await SMTPMailer(server: peer.server(.starttls, login: login, authorities: certificate.authority)).send(
      mail())
    #expect(try peer.message()["user"]?.string == "tower")
  }

  @Test func aWrongPasswordIsFinalAndInNoError() async throws {
    let certificate = try TestCertificate()
    let peer = try MailPeer([
      "--certificate", certificate.file, "--key", certificate.key, "--user", "tower", "--password", "pw",
    ])
    let login = SMTPServer.Login(user: "tower", password: "gue55")
    let error = try await failure(peer.server(.starttls, login: login, authorities: certificate.authority), mail())
    #expect(error.isFinal && error.reason.contains("AUTH with 535") && !error.reason.contains("gue55"))
    // NUL, the user, NUL, the password, as `AUTH PLAIN` sends them.
    #expect(!error.reason.contains("AHRvd2VyAGd1ZTU1"))
  }

  @Test func aCertificateOfSomebodyElseIsNotTrusted() async throws {
    let (certificate, other) = (try TestCertificate(), try TestCertificate())
    let peer = try MailPeer(["--certificate", certificate.file, "--key", certificate.key])
    let error = try await failure(peer.server(.starttls, authorities: other.authority), mail())
    #expect(!error.isFinal && error.reason.contains("certificate"))
  }

  @Test func aServerWithoutSTARTTLSGetsNothing() async throws {
    let peer = try MailPeer([])
    let error = try await failure(peer.server(.starttls), mail())
    #expect(!error.isFinal && error.reason.contains("\(peer.port)"))
  }

  // MARK: Refusals

  @Test func oneRefusedRecipientDoesNotKeepItFromTheOthers() async throws {
    let peer = try MailPeer(["--refuse", "gone@example.com=550 5.1.1 nobody here"])
    let message = mail(to: ["gone@example.com", "ops@example.com"])
    let receipt = try await SMTPMailer(server: peer.server()).send(message)
    #expect(receipt.refused == [.init(address: "gone@example.com", reply: "550 5.1.1 nobody here")])
    #expect(receipt.description.contains("gone@example.com was refused"))
    #expect(try peer.message()["recipients"]?.elements == [.string("ops@example.com")])
  }

  @Test(arguments: [
    (["550 5.1.1 nobody"], true), (["450 4.2.1 later"], false), (["550 5.1.1 nobody", "450 4.2.1 later"], false),
  ]) func whenAllAreRefusedItIsFinalUnlessOneMayBeTakenLater(replies: [String], isFinal: Bool) async throws {
    let peer = try MailPeer(["--refuse", "a@example.com=\(replies[0])", "--refuse", "b@example.com=\(replies.last!)"])
    let error = try await failure(peer.server(), mail(to: ["a@example.com", "b@example.com"]))
    #expect(error.isFinal == isFinal)
    #expect(error.reason.contains("a@example.com: \(replies[0])"))
  }

  @Test(arguments: [("451 4.3.0 busy", false), ("554 5.7.1 no spam", true)])
  func theVerdictOnTheMessageDecides(verdict: String, isFinal: Bool) async throws {
    let peer = try MailPeer(["--verdict", verdict])
    let error = try await failure(peer.server(), mail())
    #expect(error.isFinal == isFinal && error.reason.contains(verdict))
  }

  // MARK: Servers that are not there

  @Test func aServerThatSaysNothingIsGivenUp() async throws {
    let peer = try MailPeer(["--silent"])
    var server = peer.server()
    server.timeout = .milliseconds(300)
    let error = try await failure(server, mail())
    #expect(error.outlook == .passing())
  }

  @Test func cancellingEndsIt() async throws {
    let peer = try MailPeer(["--silent"])
    let sending = Task { [server = peer.server()] in try await SMTPMailer(server: server).send(mail()) }
    sending.cancel()
    await #expect(throws: DeliveryError.self) { try await sending.value }
  }

  @Test func nobodyListens() async throws {
    var server = try MailPeer([]).server()
    server.connectTimeout = .seconds(2)
    #expect(try await failure(server, mail()).outlook == .passing())
  }

  @Test func aPrivateAddressIsRefusedUnlessAllowed() async throws {
    let peer = try MailPeer([])
    let error = try await failure(peer.server(allowing: []), mail())
    #expect(error.isFinal && error.reason.contains("outbound.allow"))
  }
}
