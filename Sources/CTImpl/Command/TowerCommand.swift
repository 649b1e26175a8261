internal import CTCrypto
internal import CTGenerated
internal import CTSpec
internal import CTStore
internal import Glibc
internal import Synchronization

/// The command line of `control-tower`.
package enum TowerCommand {
  private static let usage = """
    control-tower: records what happens in the company's systems, and shows whether they are healthy.

    usage: control-tower COMMAND [OPTION...]

    serve    take events and answer queries until SIGTERM or SIGINT
      --data DIR      where tower.db and its key are kept; made if it is not there
      --config FILE   the configuration (docs/control_tower/config.example.yaml)
      --dev           well-known tokens, loopback only: for development, instead of --config
      --triggers FILE with --dev: what triggers are bound to (Examples/triggers/triggers.yaml)
      --port N        the port; 8080 unless it or the configuration says otherwise; 0 takes a free one
      --log-level L   debug, info, warning or error
      --check         only say whether the configuration, and the secrets that it names, can be used
    verify   check the audit chain and the signed checkpoints of a store, also while a tower serves it
      --data DIR
    demo     fill an empty store with believable days, for dashboards to show
      --data DIR
      --days N        30 unless given
      --seed N        the same number gives the same days
    bench    measure on logs made for it: how long that takes (verify), what reading costs (reads), how long an export
             takes, what health costs for each event and for each question
      verify | reads | export | health
      --events N      1000000 unless given
    dlq      look after dead letters, in a tower that runs
      list [--kind K] [--state S]         newest first; S is open, replayed or tombstoned
      show ID
      replay ID                           try it again, once however often
      replay --all [--kind K] [--before T] [--dry-run]
      tombstone ID --by NAME --reason TEXT
      --url URL       the tower; CT_URL in the environment, else http://127.0.0.1:8080
      --token TOKEN   a maintainer's or owner's; better in the environment, as CT_TOKEN
    export   write events, runs and systems as files, also while a tower serves the store
      --data DIR --out DIR [--from T] [--to T]   all, or what arrived from T on and before T
    backup   make a checked copy of the database, also while a tower serves the store
      --data DIR [--artifacts DIR] [--keep N]    DATA/artifacts unless given; older backups than N go
    restore  make a data directory from a backup, its key and the exports since
      --from BACKUP --key FILE --data DIR [--exports DIR]
    drill    restore the newest backup elsewhere, compare it with the store, remove it again
      --data DIR [--artifacts DIR]
    artifacts   list [PREFIX], or get NAME --out FILE
      --artifacts DIR | --data DIR
    hold     keep events from retention, in a tower that runs
      list | add --correlation ID|--system NAME --by NAME --reason TEXT | release ID --by NAME --reason TEXT
    retention --dry-run   what would be removed now, in a tower that runs
    triggers list what may be started in a tower that runs, with its inputs and last runs
      --url URL, --token TOKEN    as for run
    run NAME start a trigger in a tower that runs
      --input JSON    its inputs; {} unless given, @FILE reads a file and - standard input
      --follow        show its log and progress until it has ended; Ctrl-C leaves it running
      --key KEY       an Idempotency-Key: the same again is the same run
      --url URL       the tower; CT_URL in the environment, else http://127.0.0.1:8080
      --token TOKEN   an operator's; better in the environment, as CT_TOKEN
                      exit status: 0 started or, with --follow, successful; 1 refused or not successful
    runs     look after runs, in a tower that runs
      list [--trigger NAME] [--status S] [--limit N]
      show ID         logs ID         follow ID
      cancel ID       retry ID [--follow]
      --url URL, --token TOKEN    as for run
    channel  try the ways to reach people that a configuration names
      list --config FILE
      test NAME --config FILE             sends a test notification, and says what the receiver answered
    digest   print the daily digest of a tower that runs
      --date D        of this local date, such as 2025-09-27; the latest unless given
      --format F      markdown unless given; text, html or json
      --url URL, --token TOKEN    as for dlq; any role that reads, and a maintainer's sees payloads
    token    make a new bearer token, and the digest of it for the configuration
      --kind K        a word in the token that tells people what it is for; 'token' unless given

    --help and --version do what they say; COMMAND --help shows that command alone.
    Exit status: 0 done, 1 failed, 2 a wrong command or configuration.
    """

  /// Whether the process is this command's own, and no test's.
  static let ownsProcess = Atomic(false)

  package static func main() async -> Int32 {
    ownsProcess.store(true, ordering: .relaxed)
    return await run(Array(CommandLine.arguments.dropFirst()))
  }

  package static func run(_ arguments: [String]) async -> Int32 {
    do {
      return try await dispatch(arguments)
    } catch let error as UsageError {
      complain("control-tower: \(error); see control-tower --help")
      return 2
    } catch let error as SpecError {
      complain(error.description)
      return 2
    } catch let error as ConfigurationError {
      complain("control-tower: \(error)")
      return 2
    } catch let error as StoreError {
      complain("control-tower: \(error.message)\n\(error.hint)")
      return 1
    } catch {
      complain("control-tower: \(error)")
      return 1
    }
  }

  private static func dispatch(_ arguments: [String]) async throws -> Int32 {
    let rest = arguments.dropFirst()
    if rest.contains("--help") || rest.contains("-h") {
      print(help(for: arguments.first ?? ""))
      return 0
    }
    switch arguments.first {
    case "serve": return try await ServeCommand(rest).run()
    case "dlq": return try await DeadLetterCommand(rest).run()
    case "triggers": return try await TriggersCommand(rest).run()
    case "run": return try await RunCommand(rest).run()
    case "runs": return try await RunsCommand(rest).run()
    case "channel": return try await ChannelCommand(rest).run()
    case "digest": return try await DigestCommand(rest).run()
    case "verify": return try VerifyCommand(rest).run()
    case "export": return try await ExportCommand(rest).run()
    case "backup": return try await BackupCommand(rest).run()
    case "restore": return try await RestoreCommand(rest).run()
    case "drill": return try await DrillCommand(rest).run()
    case "artifacts": return try await ArtifactsCommand(rest).run()
    case "hold": return try await HoldCommand(rest).run()
    case "retention": return try await RetentionCommand(rest).run()
    case "demo": return try await DemoCommand(rest).run()
    case "bench": return try await BenchCommand(rest).run()
    case "token": return try token(rest)
    case "--version":
      print("control-tower \(SpecDocument.version)")
      return 0
    case "--help", "-h", "help":
      print(usage)
      return 0
    case nil:
      complain(usage)
      return 2
    case let other?: throw UsageError("there is no command '\(other)'")
    }
  }

  /// The part of the usage that is about one command; all of it for a word that is none.
  static func help(for command: String) -> String {
    let lines = usage.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.dropFirst(4).firstIndex(where: { $0.hasPrefix("\(command) ") }) else { return usage }
    let rest = lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
    return (["usage: control-tower \(command) [OPTION...]", "", lines[start]] + rest).joined(separator: "\n")
  }

  private static func token(_ arguments: ArraySlice<String>) throws -> Int32 {
    let kind = try CommandLineArguments(arguments, options: ["--kind"])["--kind"] ?? "token"
    guard kind.utf8.allSatisfy({ 97...122 ~= $0 }), kind.utf8.count <= 32 else {
      throw UsageError("--kind is a word of lower-case letters")
    }
    let token = Token.generate(kind: kind)
    print("token:  \(token.text)\nsha256: \(token.digest.hex)")
    return 0
  }

  static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
