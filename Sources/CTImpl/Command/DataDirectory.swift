internal import Glibc

/// The directory that a tower keeps its data in, as somebody has typed it.
enum DataDirectory {
  /// - Throws: ``UsageError`` where no tower's data are.
  static func require(_ path: String) throws(UsageError) {
    guard access("\(path)/tower.db", F_OK) == 0 else {
      throw UsageError("there is no tower.db in \(path); --data is the directory of a tower")
    }
  }
}
