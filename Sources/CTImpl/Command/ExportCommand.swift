internal import CTArchive
internal import CTCrypto
internal import CTJSON
internal import CTStore

/// `control-tower export`: writes events, runs and systems as files, also while a tower serves the directory.
struct ExportCommand {
  private let directory: String
  private let output: String
  private let selection: ExportSelection?

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    let options = try CommandLineArguments(arguments, options: ["--data", "--out", "--from", "--to"])
    guard let directory = options["--data"] else { throw UsageError("export needs --data DIR") }
    guard let output = options["--out"] else { throw UsageError("export needs --out DIR, a new folder") }
    self.directory = directory
    self.output = output
    let from = try Self.time("--from", options)
    let to = try Self.time("--to", options)
    if let from, let to, from >= to { throw UsageError("--from has to be before --to") }
    selection = from == nil && to == nil ? nil : .received(from: from, to: to)
  }

  /// A date is its midnight in UTC.
  private static func time(_ name: String, _ options: CommandLineArguments) throws(UsageError) -> Timestamp? {
    guard let text = options[name] else { return nil }
    guard let time = Timestamp(text) ?? Timestamp(text + "T00:00:00Z") else {
      throw UsageError("\(name) is a date such as 2025-09-27, or a time such as 2025-09-27T12:00:00Z")
    }
    return time
  }

  func run() async throws -> Int32 {
    try DataDirectory.require(directory)
    let reader = try StoreReader(directory: directory)
    let selection = if let selection { selection } else { try await whole(reader) }
    let progress = CommandProgress()
    let exporter = Exporter(
      source: reader, target: try FolderExportTarget(path: output), now: TowerClock.system.now
    ) { count in
      progress.tell("\(count) events")
    }
    let manifest = try await exporter.export(selection)
    progress.end()
    await reader.close()
    for file in manifest.files {
      let lines = file.count == 1 ? "1 line" : "\(file.count) lines"
      print("\(output)/\(file.name): \(lines), \(file.size) bytes, SHA-256 \(file.sha256.hex)")
    }
    if let chain = manifest.chain {
      print("Events \(chain.after + 1) to \(chain.through), without gaps; the chain ends at \(chain.throughHash.hex).")
    }
    return 0
  }

  /// The whole log, up to what is there now.
  private func whole(_ reader: StoreReader) async throws -> ExportSelection {
    .log(after: try await reader.floor(), through: try await reader.lastSeq())
  }
}
