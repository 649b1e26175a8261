/// Declarations spread over a fixed number of files, so that they compile side by side and a change recompiles little.
///
/// Build plugins have to know the names of the files before the spec is read, so their number is fixed. Where something
/// goes depends on its name alone: what is added or removed moves nothing else.
struct Shards {
  let prefix: String
  let count: Int

  static let schemas = Shards(prefix: "Schemas", count: 8)
  static let operations = Shards(prefix: "Operations", count: 4)
  static let checks = Shards(prefix: "Checks", count: 8)

  var fileNames: [String] { (0..<count).map { "\(prefix)\($0).swift" } }

  /// - Parameter units: declarations by the names of what they declare, in the order of the document.
  /// - Returns: what goes into each file.
  func contents(_ units: some Sequence<(name: String, codes: [Code])>) -> [(String, [Code])] {
    var contents = [[Code]](repeating: [], count: count)
    for unit in units { contents[Int(StableHash.of(unit.name.utf8) >> 32) % count] += unit.codes }
    return Array(zip(fileNames, contents))
  }
}
