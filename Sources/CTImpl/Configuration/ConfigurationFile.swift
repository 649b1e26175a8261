internal import CTGenerated
internal import CTJSON
internal import CTRuntime
internal import CTSpec

/// Reads the tower's configuration: YAML or JSON, checked against `config.schema.json`.
enum ConfigurationFile {
  /// - Throws: every fault, with the line it is on.
  static func read<Value: JSONDecodable>(
    _ path: String, as type: Value.Type = Configuration.self
  ) throws(SpecError) -> Value {
    var diagnostics = Diagnostics()
    let bytes: [UInt8]
    do throws(FileReader.Failure) { bytes = try FileReader.disk.read(path) } catch {
      diagnostics.error("unreadable-file", at: SourceLocation(file: path), "cannot be read: \(error.reason)")
      throw SpecError(diagnostics.sorted)
    }
    guard let root = SpecParser.parse(bytes, file: path, diagnostics: &diagnostics), !diagnostics.hasErrors else {
      throw SpecError(diagnostics.sorted)
    }
    return try decode(root)
  }

  /// What is made of the configuration in a file, its errors located there.
  static func locating<Value>(in path: String, _ make: () throws(ConfigurationError) -> Value) throws -> Value {
    do throws(ConfigurationError) { return try make() } catch { throw located(error, in: path) }
  }

  /// The error with the line of the file that it is about; as it is where it is about no single place.
  static func located(_ error: ConfigurationError, in path: String?) -> any Error {
    var diagnostics = Diagnostics()
    guard let pointer = error.pointer, let path, let bytes = try? FileReader.disk.read(path),
      let root = SpecParser.parse(bytes, file: path, diagnostics: &diagnostics)
    else { return error }
    diagnostics.error("configuration", at: root.at(pointer: pointer)?.location ?? root.location, "\(pointer): \(error)")
    return SpecError(diagnostics.sorted)
  }

  private static func decode<Value: JSONDecodable>(_ root: SpecNode) throws(SpecError) -> Value {
    do throws(JSONDecodingFault) {
      return try Value(json: JSONWriter.write(root.jsonValue))
    } catch {
      var diagnostics = Diagnostics()
      switch error {
      case .syntax(let fault): diagnostics.error("syntax", at: root.location, fault.reason.rawValue)
      case .violations(let violations):
        for violation in violations {
          let location = root.at(pointer: violation.pointer)?.location ?? root.location
          let place = violation.pointer.isEmpty ? "the configuration" : violation.pointer
          diagnostics.error(violation.keyword, at: location, "\(place): \(violation.detail)")
        }
      }
      throw SpecError(diagnostics.sorted)
    }
  }
}
