import CTChannels
import CTGenerated
import CTHTTP
import CTJSON
import Foundation
import Testing

@testable import CTImpl

/// Channels as the configuration names them.
@Suite struct ChannelSettingsTests {
  /// Writes a configuration with these sections, runs `body` with its path, and removes it.
  private func withFile<Result>(_ sections: String, _ body: (String) async throws -> Result) async throws -> Result {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("ct-\(UInt64.random(in: 0 ... .max)).yaml")
    let digest = String(repeating: "0", count: 64)
    let head = """
      tokens: [{name: a, sha256: "\(digest)", role: viewer, expires: "2099-01-01T00:00:00Z"}]
      signature: {secrets: [{env: CT_TEST_SECRET}]}

      """
    try (head + sections).write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await body(file.path)
  }

  private func table(_ sections: String) async throws -> ChannelTable {
    try await withFile(sections) { try ChannelTable(try ConfigurationFile.read($0), clock: .system) }
  }

  private static let secret = "a secret for the tests of channels"
  private static let environment: Void = {
    setenv("CT_TEST_SECRET", secret, 1)
    setenv("CT_TEST_SHORT", "short", 1)
    setenv("CT_TEST_URL", "https://hooks.example.com/T0/B0", 1)
  }()

  init() { _ = Self.environment }

  private static let smtp = "smtp: {host: mail.example.com, from: Tower <tower@example.com>}\n"

  @Test func everyTypeOfChannel() async throws {
    let table = try await table(
      Self.smtp + """
        channels:
          - {name: office, type: email, to: [ops@example.com, Ops <ops2@example.com>]}
          - {name: team, type: slack, url: {env: CT_TEST_URL}}
          - {name: hooks, type: webhook, url: "https://hooks.example.com/ct", secret: {env: CT_TEST_SECRET}}
          - {name: on-call, type: pagerduty, routingKey: {env: CT_TEST_SECRET}}
        """)
    #expect(table.names == ["hooks", "office", "on-call", "team"])
    #expect(table["office"] is EmailChannel && table["team"] is SlackChannel)
    #expect(table["hooks"] is WebhookChannel && table["on-call"] is PagerDutyChannel)
    #expect(table.email("office") != nil && table.email("team") == nil)
  }

  @Test(arguments: [
    ("channels: [{name: a, type: pigeon}]", "/channels/0/type"),
    ("channels: [{name: a, type: email}]", "to"),
    ("channels: [{name: a, type: slack, url: {env: CT_TEST_URL}, to: []}]", "/channels/0/to"),
    ("channels: [{name: A b, type: slack, url: {env: CT_TEST_URL}}]", "/channels/0/name"),
    ("smtp: {host: a, from: a@b, username: x}", "password"),
  ]) func breaksTheSchema(sections: String, place: String) async throws {
    let error = await #expect(throws: (any Error).self) { try await table(sections) }
    #expect(String(describing: error).contains(place))
  }

  @Test(arguments: [
    ("channels: [{name: a, type: slack, url: {env: CT_TEST_NOT_SET}}]", "CT_TEST_NOT_SET is not set"),
    ("channels: [{name: a, type: slack, url: {env: CT_TEST_SECRET}}]", "this is no URL"),
    (
      "channels: [{name: a, type: webhook, url: \"https://a.example\", secret: {env: CT_TEST_SHORT}}]",
      "shorter than 16 bytes"
    ),
    ("channels: [{name: a, type: email, to: [ops@example.com]}]", "in the section smtp"),
    (smtp + "channels: [{name: a, type: email, to: [\"ä@example.com\"]}]", "is no mail address"),
    (
      "channels: [{name: a, type: slack, url: {env: CT_TEST_URL}}, {name: a, type: slack, url: {env: CT_TEST_URL}}]",
      "two channels called 'a'"
    ),
    ("outbound: {allow: [10.0.0.1/8]}", "'10.0.0.1/8' is neither"),
    (
      "smtp: {host: a, from: a@b.c, security: none, username: x, password: {env: CT_TEST_SECRET}}\n"
        + "channels: [{name: a, type: email, to: [ops@example.com]}]", "never sent without TLS"
    ),
  ]) func cannotBeUsed(sections: String, words: String) async throws {
    let error = await #expect(throws: ConfigurationError.self) { try await table(sections) }
    #expect(error?.description.contains(words) == true)
    #expect(error?.description.contains(Self.secret) == false)
    #expect(error?.pointer != nil)
  }

  // MARK: control-tower channel

  @Test(arguments: [
    ["channel"], ["channel", "test"], ["channel", "test", "a"], ["channel", "sing"],
    ["channel", "list", "--config", "/does/not/exist"],
  ]) func wrongCommands(arguments: [String]) async {
    #expect(await TowerCommand.run(arguments) == 2)
  }

  @Test func theCommandSendsAndSaysWhatHappened() async throws {
    try await TestTower.with { tower in
      // The tower itself is the receiver: it answers 401, which no repeat will change, and 404.
      let (server, origin) = try tower.listen()
      let sections = """
        outbound: {allow: [127.0.0.1]}
        channels:
          - {name: here, type: webhook, url: "\(origin)/events", secret: {env: CT_TEST_SECRET}}
          - {name: other, type: slack, url: {env: CT_TEST_NOT_SET}}
        """
      try await withFile(sections) { file in
        #expect(await TowerCommand.run(["channel", "list", "--config", file]) == 0)
        #expect(await TowerCommand.run(["channel", "test", "here", "--config", file]) == 1)
        #expect(await TowerCommand.run(["channel", "test", "other", "--config", file]) == 2)
        #expect(await TowerCommand.run(["channel", "test", "nobody", "--config", file]) == 2)
      }
      await server.shutdown(grace: .zero)
    }
  }
}
