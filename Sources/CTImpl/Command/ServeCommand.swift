internal import CLinux
internal import CTArtifacts
internal import CTCrypto
internal import CTFigures
internal import CTGenerated
internal import CTHTTP
internal import CTHealth
internal import CTRedaction
internal import CTRuns
internal import CTRuntime
internal import CTSchedule
internal import CTStore
internal import Glibc

/// `control-tower serve`
struct ServeCommand {
  private let directory: String
  private let isDevelopment: Bool
  /// Whether to stop before anything is opened.
  private let isCheck: Bool
  private let configuration: Configuration?
  private let configurationFile: String?
  private let runs: Runs
  private let triggers: [TriggerDefinition]
  private let port: UInt16?
  private let level: LoggingLevel
  private let clock = TowerClock.system

  init(_ arguments: ArraySlice<String>) throws {
    let options = try CommandLineArguments(
      arguments, options: ["--data", "--config", "--port", "--log-level", "--triggers"], flags: ["--dev", "--check"])
    isCheck = options.flags.contains("--check")
    guard let directory = options["--data"] ?? (isCheck ? "" : nil) else { throw UsageError("serve needs --data DIR") }
    self.directory = directory
    isDevelopment = options.flags.contains("--dev")
    configurationFile = options["--config"]
    switch (isDevelopment, options["--config"]) {
    case (true, nil): configuration = nil
    case (false, let file?): configuration = try ConfigurationFile.read(file)
    case (true, _?): throw UsageError("--dev and --config exclude one another: --dev brings its own tokens")
    case (false, nil): throw UsageError("serve needs --config FILE, or --dev for development")
    }
    (runs, triggers) = try Self.runs(configuration, options, isDevelopment: isDevelopment)
    port = try options["--port"].map { text throws(UsageError) in
      guard let port = UInt16(text) else { throw UsageError("--port is a number from 0 to 65535") }
      return port
    }
    level =
      try options["--log-level"].map { text throws(UsageError) in
        guard let level = LoggingLevel(rawValue: text) else {
          throw UsageError("--log-level is one of: \(LoggingLevel.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return level
      } ?? configuration?.logging?.level ?? .info
  }

  /// What triggers are bound to: by the configuration, or for development by a file of its own.
  private static func runs(
    _ configuration: Configuration?, _ options: CommandLineArguments, isDevelopment: Bool
  ) throws -> (Runs, [TriggerDefinition]) {
    guard let file = options["--triggers"] else {
      let runs = configuration?.runs ?? Runs()
      let file = options["--config"] ?? ""
      return try ConfigurationFile.locating(in: file) { () throws(ConfigurationError) in
        (runs, try TriggerBinder(file: file).definitions(runs, at: "/runs"))
      }
    }
    guard isDevelopment else { throw UsageError("--triggers goes with --dev; the configuration has `runs` for them") }
    let runs = try ConfigurationFile.read(file, as: Runs.self)
    return try ConfigurationFile.locating(in: file) { () throws(ConfigurationError) in
      (runs, try TriggerBinder(file: file).definitions(runs, at: ""))
    }
  }

  func run() async throws -> Int32 {
    do { return try await serve() } catch let error as ConfigurationError {
      throw ConfigurationFile.located(error, in: configurationFile)
    }
  }

  private func serve() async throws -> Int32 {
    // A file that may not grow further is an error of the write, and none that should end the process.
    _ = Glibc.signal(SIGXFSZ, SIG_IGN)
    let log = Log(level: level, clock: clock)
    defer { log.flush() }
    let tokens = try configuration.map { try TokenTable($0, clock: clock) } ?? .development(clock: clock)
    let outbound = try configuration.map { try OutboundPolicy($0.outbound) }
    let channels = try configuration.map { try ChannelTable($0, clock: clock) } ?? ChannelTable([:])
    let plan = try DigestPlan(configuration?.digest ?? DigestSettings(), channels)
    let policy = try HealthPolicy(configuration, triggers: triggers)
    let watch = try CertificateWatch(
      configuration?.certificates ?? [], outbound: outbound ?? .unrestricted, clock: clock, log: log)
    _ = try ArchiveJobs.zone(archiveConfiguration)
    if isCheck {
      print("\(configurationFile ?? "the configuration for development") can be used")
      return 0
    }
    let counts = RequestCounts()
    let store = try await SQLiteStore.open(directory: directory, projections: Tower.projections)
    let redactor = StandardRedactor(key: store.keys.redaction)
    let delivery = AlertDeliveryHandler(
      channels: channels, store: store, publicURL: configuration?.listen?.publicUrl, log: log)
    let monitor = monitor(store, policy, watch, delivery, log)
    let digests = DigestDesk(store: store, health: monitor, plan: plan, clock: clock)
    var settings = RunSettings(
      data: directory, triggers: triggers, redactor: redactor, inputsKey: store.keys.runInputs, log: log)
    // Without a configuration, functions on this machine may be called.
    if let outbound { settings.outbound = outbound }
    let archive: Archive
    let service: RunService
    do {
      try await monitor.start()
      archive = try ArchiveSetup(
        store: store, directory: directory, configuration: archiveConfiguration, clock: clock, log: log
      ).make { artifacts in [DigestJob(desk: digests, artifacts: artifacts).scheduled] }
      service = RunService(store: store, artifacts: archive.artifacts, settings: settings, now: clock.now)
    } catch {
      await store.close()
      throw error
    }
    let tower = Tower(
      store: store, redactor: redactor, monitor: monitor, clock: clock, runs: service, digests: digests,
      archive: archive, requests: counts)
    let server = HTTPServer(
      configuration: serverConfiguration(),
      handler: handler(tower, tokens, store.keys, RequestLog(log: log, clock: clock, counts: counts)))
    do {
      let address = try server.start()
      announce(address, log)
    } catch {
      await store.close()
      throw error
    }
    ct_release_code()
    let background = Task { await work(store, archive, delivery, digests, monitor, log) }
    let running = Task { await service.dispatcher.run() }
    let signal = await waitForSignals([SIGTERM, SIGINT])
    log.write(.info, "stopping", [("signal", .int(Int(signal)))])
    tower.stop()
    // Functions report to the server, so it goes on as long as runs do.
    await service.dispatcher.stop(drain: .seconds(runs.drainSeconds))
    await server.shutdown(grace: .seconds(20))
    running.cancel()
    await running.value
    background.cancel()
    await background.value
    await store.close()
    log.write(.info, "stopped")
    return 0
  }

  private func monitor(
    _ store: SQLiteStore, _ policy: HealthPolicy, _ watch: CertificateWatch, _ delivery: AlertDeliveryHandler,
    _ log: Log
  ) -> HealthMonitor {
    HealthMonitor(
      store: store, policy: policy, clock: clock, log: log, channels: (configuration?.channels ?? []).map(\.name),
      certificates: { await watch.read() }, tell: { try await delivery.send($0) })
  }

  /// What is done without anybody asking for it, until the task is cancelled.
  private func work(
    _ store: SQLiteStore, _ archive: Archive, _ delivery: AlertDeliveryHandler, _ digests: DigestDesk,
    _ monitor: HealthMonitor, _ log: Log
  ) async {
    async let health: Void = monitor.run()
    let handlers: [any JobHandler] = [delivery, DigestMailHandler(desk: digests)]
    let jobs = JobRunner(store: store, handlers: archive.jobHandlers + handlers, clock: clock, log: log)
    async let scheduled: Void = archive.scheduler.run()
    await jobs.run()
    await scheduled
    await health
  }

  private var archiveConfiguration: CTGenerated.Archive { configuration?.archive ?? CTGenerated.Archive() }

  private func handler(
    _ tower: Tower, _ tokens: TokenTable, _ keys: StoreKeys, _ observer: RequestLog
  ) -> APIHandler {
    var environment = APIEnvironment(
      security: tokens, redactor: tower.redactor, digestBody: { keys.body.tag($0) }, observer: observer,
      bodyLimit: limits.bodyBytes, realm: "control-tower",
      // Without limits for development, where the conformance tool and benchmarks are at work.
      anonymous: configuration.flatMap { ($0.rateLimits ?? RateLimits()).anonymousBuckets() })
    if archiveConfiguration.originals == .sealed { environment.sealBody = OriginalVault.sealer(keys) }
    return APIHandler(operations: tower.operations, environment: environment)
  }

  private var limits: Limits { configuration?.limits ?? Limits() }

  private func serverConfiguration() -> HTTPServerConfiguration {
    let listen = configuration?.listen ?? Listen()
    var server = HTTPServerConfiguration()
    // Well-known tokens are for this machine only.
    server.host = isDevelopment ? "127.0.0.1" : listen.host
    server.port = port ?? UInt16(listen.port)
    server.maximumConnections = limits.connections
    server.limits.head = limits.headBytes
    server.deadlines.head = .seconds(limits.requestSeconds)
    server.deadlines.body = .seconds(limits.requestSeconds)
    server.deadlines.idle = .seconds(limits.idleSeconds)
    return server
  }

  private func announce(_ address: SocketAddress, _ log: Log) {
    if isDevelopment {
      log.write(.warning, "DEVELOPMENT: anybody on this machine can use the well-known tokens; never run this for real")
    }
    log.write(.info, "listening", [("address", .string(address.description)), ("data", .string(directory))])
    print("Control Tower \(SpecDocument.version) at http://\(address)\(isDevelopment ? " — FOR DEVELOPMENT ONLY" : "")")
    fflush(nil)
  }
}
