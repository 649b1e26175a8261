internal import CTSpec

/// Writes the struct of a response: its headers and body, how it is sent and how a client reads it.
struct ResponseEmitter {
  let model: ResponseModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    code {
      Code.documentation(model.documentation)
      block("public struct \(model.typeName.split(separator: ".").last!): Sendable") {
        for header in model.headers {
          if let text = header.documentation { Code.documentation("`\(header.field)`: \(text)") }
          "public var \(SwiftName.escaped(header.name)): \(type(of: header))"
        }
        if let body = bodyType { "public var body: \(body)" }
        if !model.headers.isEmpty || bodyType != nil { Code.blank }
        initializer()
        Code.blank
        response()
        Code.blank
        decode()
      }
      Code.blank
    }
  }

  private func type(of header: ResponseModel.Header) -> String {
    header.isRequired ? header.type.source : header.type.source + "?"
  }

  private var bodyType: String? {
    switch model.content {
    case .none: nil
    case .json(_, let type, _): type.source
    case .bytes: "[UInt8]"
    case .stream: "ResponseStream"
    }
  }

  private func initializer() -> Code {
    var parameters = model.headers.map { header in
      "\(SwiftName.escaped(header.name)): \(type(of: header))" + (header.isRequired ? "" : " = nil")
    }
    if let bodyType { parameters.append("body: \(bodyType)") }
    return block("public init(\(parameters.joined(separator: ", ")))") {
      for header in model.headers { "self.\(header.name) = \(SwiftName.escaped(header.name))" }
      if bodyType != nil { "self.body = body" }
    }
  }

  /// What a server sends.
  private func response() -> Code {
    let hasHeaders = !model.headers.isEmpty
    let fields = hasHeaders ? ", fields" : ""
    return block("func response(for audience: Audience) -> ServerResponse") {
      if hasHeaders { "var fields = ResponseFields()" }
      for header in model.headers {
        let name = SwiftName.escaped(header.name)
        let text = ParameterText.expression(name, header.type)
        let append = "fields.append(\(literal(header.field)), \(text))"
        header.isRequired ? append : "if let \(name) { \(append) }"
      }
      switch model.content {
      case .none: "return .empty(\(model.status)\(fields))"
      case .json(let mediaType, _, _):
        "return .content(\(model.status), \(literal(mediaType)), body.json(for: audience)\(fields))"
      case .bytes(let mediaType), .stream(let mediaType):
        "return .content(\(model.status), \(literal(mediaType)), body\(fields))"
      }
    }
  }

  /// What a client makes of it.
  private func decode() -> Code {
    var arguments = model.headers.map { "\(SwiftName.escaped($0.name)): \($0.name)Value" }
    if bodyType != nil { arguments.append("body: body") }
    return block("static func decode(_ response: ClientResponse) throws(ClientError) -> Self") {
      for header in model.headers {
        "var \(header.name)Value: \(header.type.source)?"
        let form = ParameterText.form(header.type)
        closure(
          "try response.header(\(literal(header.field)), .\(form), isRequired: \(header.isRequired))", "json, context"
        ) { emitter.read(header.conjunction, .init(variable: "\(header.name)Value", type: header.type, member: "nil")) }
      }
      let needed = model.headers.filter(\.isRequired).map { "let \($0.name)Value" }
      if !needed.isEmpty { "guard \(needed.joined(separator: ", ")) else { throw response.missingHeader }" }
      switch model.content {
      case .none: Code.group([])
      case .json(let mediaType, let type, let conjunction):
        closure(
          "let body: \(type.source) = try response.json(\(literal(mediaType)))", "json, context -> \(type.source)?"
        ) {
          "var value: \(type.source)?"
          emitter.read(conjunction, .init(variable: "value", type: type, member: "nil"))
          "return value"
        }
      case .bytes(let mediaType): "let body = try response.bytes(\(literal(mediaType)))"
      case .stream(let mediaType): "let body = ResponseStream(try response.bytes(\(literal(mediaType))))"
      }
      "return Self(\(arguments.joined(separator: ", ")))"
    }
  }
}

/// How values stand in paths, queries and headers.
enum ParameterText {
  static func expression(_ value: String, _ type: SwiftType) -> String {
    switch type {
    case .int, .bool: "String(\(value))"
    case .number: "\(value).lexeme"
    case .timestamp: "\(value).description"
    case .named: "\(value).rawValue"
    default: value
    }
  }

  /// Whether the schema judges the text as a string, or as the JSON that it reads as.
  static func form(_ type: SwiftType) -> String {
    switch type {
    case .int, .number, .bool: "literal"
    default: "string"
    }
  }
}
