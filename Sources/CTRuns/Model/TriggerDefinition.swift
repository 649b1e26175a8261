package import CTHTTP

/// What a trigger of the allow-list is bound to, and its bounds.
package struct TriggerDefinition: Sendable {
  package enum Work: Sendable {
    case command(CommandDefinition)
    case http(HTTPDefinition)
  }

  package enum Interruption: String, Sendable {
    /// It is started again, with its last checkpoint.
    case resume
    /// It fails.
    case fail
  }

  /// Such as `contract.regenerate`.
  package var name: String
  package var work: Work
  /// How long a run should take at most.
  package var sla = Duration.seconds(300)
  /// After which time a run is ended.
  package var timeout = Duration.seconds(900)
  /// The most runs at once; at least 1.
  package var concurrency = 1
  /// The most runs that may wait; at least 1.
  package var queueLimit = 1000
  package var whenInterrupted = Interruption.fail

  package init(name: String, work: Work) {
    self.name = name
    self.work = work
  }

  /// Whether its command has the rights of another user than the tower.
  var changesUser: Bool {
    if case .command(let command) = work { command.user != nil } else { false }
  }

  /// What becomes of a run that a tower left unfinished. A function knows by the run's id that a call is the same.
  var interruption: Interruption {
    switch work {
    case .command: whenInterrupted
    case .http: .resume
    }
  }
}

/// A command on this machine.
package struct CommandDefinition: Sendable {
  /// The program and its arguments; not empty.
  package var arguments: [String]
  package var directory: String
  /// The variables that it gets besides the tower's own `CT_…`.
  package var environment: [String: String]
  /// The user whose rights it gets; `nil` for the tower's own.
  package var user: String?
  /// The most bytes of output.
  package var outputBytes = 1 << 20
  /// The most bytes of all files that it leaves as artifacts.
  package var artifactBytes = 64 << 20
  /// How long it has between SIGTERM and SIGKILL.
  package var grace = Duration.seconds(5)

  package init(arguments: [String], directory: String, environment: [String: String] = [:]) {
    precondition(!arguments.isEmpty, "a command has a program")
    self.arguments = arguments
    self.directory = directory
    self.environment = environment
  }
}

/// A signed HTTP call.
package struct HTTPDefinition: Sendable {
  package enum Completion: String, Sendable {
    /// The same call is sent again until it is answered 200.
    case poll
    /// The function reports to the tower.
    case callback
  }

  package var url: URLParts
  /// What calls are signed with.
  package var secret: [UInt8]
  package var completion = Completion.poll
  /// The wait between two calls.
  package var pause = Duration.seconds(5)
  /// The source of the producer that may report.
  package var callbackSource = "backend"

  package init(url: URLParts, secret: [UInt8]) {
    self.url = url
    self.secret = secret
  }
}
