internal import CTChannels
internal import CTGenerated

/// `control-tower channel …`: tries the channels of a configuration, without a tower.
struct ChannelCommand {
  private enum Action {
    case list
    case test(String)
  }

  private let action: Action
  private let file: String
  private let configuration: Configuration

  init(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    switch rest.popFirst() {
    case "list": action = .list
    case "test":
      guard let name = rest.popFirst(), !name.hasPrefix("-") else {
        throw UsageError("channel test needs the NAME of a channel, and --config FILE")
      }
      action = .test(name)
    case nil: throw UsageError("channel needs one of: list, test")
    case let verb?: throw UsageError("there is no command 'channel \(verb)'; there are list and test")
    }
    guard let file = try CommandLineArguments(rest, options: ["--config"])["--config"] else {
      throw UsageError("channel needs --config FILE")
    }
    self.file = file
    configuration = try ConfigurationFile.read(file)
  }

  func run() async throws -> Int32 {
    switch action {
    case .list:
      for channel in configuration.channels ?? [] { print("\(channel.name)  \(channel.type)") }
      return 0
    case .test(let name): return try await test(name)
    }
  }

  private func test(_ name: String) async throws -> Int32 {
    let clock = TowerClock.system
    let table = try ConfigurationFile.locating(in: file) { () throws(ConfigurationError) in
      try ChannelTable(configuration, clock: clock, only: name)
    }
    guard let channel = table[name] else {
      let names = (configuration.channels ?? []).map(\.name).joined(separator: ", ")
      throw UsageError(
        "there is no channel '\(name)' in the configuration; there \(names.isEmpty ? "is none" : "are: \(names)")")
    }
    do throws(DeliveryError) {
      var notification = CTChannels.Notification.test(of: name, at: clock.now())
      print("sent: \(try await channel.send(notification))")
      if channel is PagerDutyChannel {
        // Or the incident would stay open.
        notification.state = .resolved
        print("resolved: \(try await channel.send(notification))")
      }
      return 0
    } catch {
      let advice = error.isFinal ? "Trying again will not help." : "A tower would try this again."
      TowerCommand.complain("control-tower: not sent: \(error.reason)\n\(advice)")
      return 1
    }
  }
}
