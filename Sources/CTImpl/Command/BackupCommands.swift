internal import CTArchive
internal import CTArtifacts
internal import CTCrypto
internal import CTStore

/// `control-tower backup`: a checked copy of the database, also while a tower serves the directory.
struct BackupCommand {
  private let directory: String
  private let artifacts: String
  private let keep: Int?

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: ["--data", "--artifacts", "--keep"])
    guard let directory = options["--data"] else { throw UsageError("backup needs --data DIR") }
    self.directory = directory
    artifacts = options["--artifacts"] ?? "\(directory)/artifacts"
    keep = try options["--keep"].map { text throws(UsageError) in
      guard let number = Int(text), number > 0 else { throw UsageError("--keep is a number from 1 on") }
      return number
    }
  }

  func run() async throws -> Int32 {
    try DataDirectory.require(directory)
    let progress = CommandProgress()
    let store = try DirectoryArtifactStore(path: artifacts)
    let backup = Backup(directory: directory, artifacts: store, now: TowerClock.system.now) { done, all in
      progress.tell("\(done) of \(all) pages")
    }
    let (prefix, manifest) = try await backup.run()
    progress.end()
    print("\(prefix) in \(artifacts) has \(manifest.events) events, up to \(manifest.lastSeq), and was checked.")
    print("Keep \(directory)/digest.key elsewhere too: without it nobody can use the backup.")
    if let keep {
      let removed = try await backup.rotate(keeping: keep)
      if removed > 0 { print("\(removed) files of older backups were removed.") }
    }
    return 0
  }
}

/// `control-tower restore`: makes a data directory from a backup and the exports since.
struct RestoreCommand {
  private let directory: String
  private let source: String
  private let exports: String?
  private let key: String

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: ["--data", "--from", "--exports", "--key"])
    guard let directory = options["--data"] else { throw UsageError("restore needs --data DIR, a new directory") }
    guard let source = options["--from"] else {
      throw UsageError("restore needs --from BACKUP: a tower.db.gz, or a folder of artifacts for its newest backup")
    }
    guard let key = options["--key"] else {
      throw UsageError("restore needs --key FILE: the digest.key that the backup was made with")
    }
    self.directory = directory
    self.source = source
    self.key = key
    exports = options["--exports"]
  }

  func run() async throws -> Int32 {
    let restore = Restore(directory: directory, key: key, tell: CommandProgress.say)
    let report = try await restore.run(from: source, exports: exports)
    print("\(directory) has \(report.events) events, up to \(report.lastSeq), \(report.lastHash.hex).")
    if exports != nil { print("\(report.fromExports) of them came from exports.") }
    print("The chain is whole. Start the tower on it: control-tower serve --data \(directory) --config FILE")
    return 0
  }
}

/// `control-tower drill`: restores the newest backup somewhere else, and compares it with the store.
struct DrillCommand {
  private let directory: String
  private let artifacts: String

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: ["--data", "--artifacts"])
    guard let directory = options["--data"] else { throw UsageError("drill needs --data DIR") }
    self.directory = directory
    artifacts = options["--artifacts"] ?? "\(directory)/artifacts"
  }

  func run() async throws -> Int32 {
    try DataDirectory.require(directory)
    let report = try await RestoreDrill(directory: directory, artifacts: artifacts, tell: CommandProgress.say).run()
    print("The backup \(report.restored.backup) has everything up to event \(report.restored.backupSeq).")
    print(
      "With the exports since, \(report.restored.events) events up to \(report.restored.lastSeq) can be restored; "
        + "the store is at \(report.storeSeq).")
    print("The chain is whole, and it is the store's own. The drill has passed.")
    return 0
  }
}
