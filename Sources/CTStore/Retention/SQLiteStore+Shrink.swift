extension SQLiteStore {
  /// One page in so many may be free: tomorrow's events will need it again.
  private static let tolerated: Int64 = 16
  /// Pages that one transaction gives back: a megabyte.
  private static let pagesAtOnce = 256

  /// A database that was made without incremental vacuum only uses its free pages again.
  package func shrink(pause: Duration) async throws {
    while true {
      try Task.checkCancellation()
      let freed = try await perform { session, _ throws(StoreError) in
        let connection = session.connection
        let free = try connection.integer("PRAGMA freelist_count") ?? 0
        let all = try connection.integer("PRAGMA page_count") ?? 0
        guard free > all / Self.tolerated else { return 0 }
        try connection.execute("PRAGMA incremental_vacuum(\(Self.pagesAtOnce))")
        return Int(free - (try connection.integer("PRAGMA freelist_count") ?? 0))
      }
      guard freed > 0 else { return }
      if pause > .zero { try await Task.sleep(for: pause) }
    }
  }
}
