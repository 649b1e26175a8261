internal import CTJSON
package import CTSpec
internal import Synchronization

/// The spec as checks ask for it.
package struct SpecCatalog: Sendable {
  package let document: OpenAPIDocument
  package let validator: SchemaValidator
  /// The roles that the spec's security requirements name, in order of appearance.
  package let roles: [String]
  private let places: [String: Int]
  private let made = MadeOnce()

  package init(_ document: OpenAPIDocument) {
    self.document = document
    validator = SchemaValidator(index: document.index)
    roles = document.operations.flatMap(\.security).flatMap(\.schemes).flatMap(\.roles).reduce(into: []) {
      roles, role in
      if !roles.contains(role) { roles.append(role) }
    }
    places = Dictionary(document.operations.enumerated().map { ($1.name, $0) }) { first, _ in first }
  }

  /// Reads a spec from files.
  package static func load(_ file: String) throws(CannotRun) -> SpecCatalog {
    do throws(SpecError) {
      return SpecCatalog(try SpecLoader.loadOpenAPI(file: file))
    } catch {
      throw .spec(error.description)
    }
  }

  package var operations: [Operation] { document.operations }

  package func operation(_ method: String, _ path: String) -> Operation? {
    places["\(method) \(path)"].map { document.operations[$0] }
  }

  /// The cases for a body of this schema, which are made once.
  func cases(for schema: SchemaID) -> CaseList { made.list(of: schema) { CaseMaker.cases(for: schema, in: self) } }

  /// All numbers of six digits and more that stand anywhere in the spec, without what separates their digits.
  var numbers: [String] {
    made.numbers {
      var found: Set<String> = []
      var digits = ""
      for byte in JSONWriter.write(SpecBundler.bundle(document).jsonValue) {
        switch byte {
        case 48...57: digits.unicodeScalars.append(Unicode.Scalar(byte))
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "."): break
        default:
          if digits.utf8.count >= 6 { found.insert(digits) }
          digits = ""
        }
      }
      return found.sorted()
    }
  }

  /// The role of the token of a name: the name itself if it is a role, else a producer's.
  package func role(ofToken name: String) -> String { roles.contains(name) ? name : "producer" }

  /// The scheme that signs bodies, if there is one.
  package var signature: (header: String, rule: HMACRule)? {
    for scheme in document.securitySchemes {
      if case .apiKey(in: .header, let name, let rule?) = scheme.kind { return (name, rule) }
    }
    return nil
  }

  /// Whether a path, as it is sent, fits one of the spec's.
  package func hasPath(_ path: String) -> Bool {
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    return operations.contains { $0.path.fits(parts) }
  }

  /// Whether exactly this path has the method: it comes before one with parameters (OpenAPI 3.1, section 4.8.8.2).
  package func hasLiteral(_ method: String, _ path: String) -> Bool { operation(method, path) != nil }

  package func scheme(named name: String) -> SecurityScheme? {
    document.securitySchemes.first { $0.name == name }
  }
}

extension SpecCatalog {
  /// Where a clause stands; nil where the spec has no such thing.
  package func reference(_ clause: Clause) -> ClauseReference? {
    switch clause {
    case .document: reference(document.info.location, document.info.title)
    case .operation(let method, let path):
      operation(method, path).map { reference($0.location, "\(method) \(path)") }
    case .response(let method, let path, let status):
      operation(method, path)?.response(for: status).map {
        reference($0.location, "\(method) \(path) → \(status)")
      }
    case .security(let method, let path):
      operation(method, path).map {
        reference($0.security.first?.location ?? $0.location, "\(method) \(path), security")
      }
    case .requestBody(let method, let path):
      operation(method, path)?.requestBody.map { reference($0.location, "\(method) \(path), request body") }
    case .parameter(let method, let path, let name):
      operation(method, path)?.parameters.first { $0.name == name }.map {
        reference($0.location, "\(method) \(path), parameter \(name)")
      }
    case .pointer(let pointer):
      document.root.at(pointer: pointer).map { reference($0.location, pointer) }
    }
  }

  package func reference(_ location: SourceLocation, _ text: String) -> ClauseReference {
    ClauseReference(file: location.file, line: location.line, text: text)
  }
}

extension Operation {
  /// Whether a token of a role meets one of the requirements.
  package func admits(role: String) -> Bool {
    security.flatMap(\.schemes).contains { $0.roles.contains(role) }
  }

  /// Whether nobody in particular may call it.
  package var admitsAnybody: Bool { security.isEmpty || security.contains(where: \.schemes.isEmpty) }

  /// The media type of a stream that the operation answers with, if it does (server-sent events).
  package var endlessMediaType: String? {
    responses.lazy.flatMap(\.content).first { $0.name == "text/event-stream" }?.name
  }

  /// Whether there is nothing in its path to name.
  var isPlain: Bool { path.parameterNames.isEmpty }

  /// The first success that it declares.
  var success: Response? {
    responses.first { if case .code(200..<300) = $0.status { true } else { $0.status == .range(2) } }
  }

  /// Whether a call only reads.
  package var isSafe: Bool { method == "GET" || method == "HEAD" || method == "OPTIONS" }

  /// `POST /events`
  package var name: String { "\(method) \(path.raw)" }

  /// What the operation declares for a status: the status itself, its range, or the default.
  package func response(for status: Int) -> Response? {
    responses.first { $0.status == .code(status) } ?? responses.first { $0.status == .range(status / 100) }
      ?? responses.first { $0.status == .default }
  }
}

extension [MediaType] {
  /// The form that checks write and read: JSON where it is offered, else the first.
  var preferred: MediaType? { first { $0.name.hasSuffix("json") } ?? first }

  /// The one that a message is in; nil when it is none of these.
  func of(_ message: Observation) -> MediaType? { first { $0.bareName == message.mediaType } }
}

extension MediaType {
  /// Without parameters.
  var bareName: String { String(name.prefix { $0 != ";" }.filter { $0 != " " }) }
}

extension PathTemplate {
  /// Whether these segments, as they are sent, are a path of this form.
  fileprivate func fits(_ parts: [Substring]) -> Bool {
    guard parts.count == segments.count else { return false }
    return zip(parts, segments).allSatisfy { part, segment in
      switch segment {
      case .literal(let text): part == text
      case .parameter: !part.isEmpty
      }
    }
  }
}

/// What follows from a spec, and is made when it is first asked for.
private final class MadeOnce: Sendable {
  private let lists = Mutex<[SchemaID: CaseList]>([:])
  private let numbers = Mutex<[String]?>(nil)

  func list(of schema: SchemaID, _ make: () -> CaseList) -> CaseList {
    if let list = lists.withLock({ $0[schema] }) { return list }
    let list = make()
    lists.withLock { $0[schema] = list }
    return list
  }

  func numbers(_ make: () -> [String]) -> [String] {
    if let numbers = numbers.withLock({ $0 }) { return numbers }
    let made = make()
    numbers.withLock { $0 = made }
    return made
  }
}
