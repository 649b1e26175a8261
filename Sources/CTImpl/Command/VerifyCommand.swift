internal import CTCrypto
internal import CTStore

/// `control-tower verify`
struct VerifyCommand {
  private let directory: String

  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    guard let directory = try CommandLineArguments(arguments, options: ["--data"])["--data"] else {
      throw UsageError("verify needs --data DIR")
    }
    try DataDirectory.require(directory)
    self.directory = directory
  }

  func run() throws(StoreError) -> Int32 {
    let report = try SQLiteStore.verifyChain(directory: directory)
    if let fault = report.firstFault {
      print("The chain is broken at event \(fault.seq): \(Self.words(for: fault.reason)).")
      return 1
    }
    print("The chain is whole: \(report.events) events, up to number \(report.lastSeq), \(report.lastHash.hex).")
    return 0
  }

  private static func words(for reason: ChainReport.Reason) -> String {
    switch reason {
    case .changed: "it is not what was recorded"
    case .missing: "it is missing"
    case .unreadable: "the file is damaged there, so that it cannot be read"
    case .unknownStream: "it names a source and type that do not exist"
    case .rewritten:
      "the log does not agree with the checkpoint that was signed here, so this event or one since the checkpoint before "
        + "was changed, together with all hashes after it"
    case .forgedCheckpoint: "the checkpoint here is not signed with this store's key"
    case .ledger: "the ledger of ids does not know it as it is"
    }
  }
}
