internal import CTSpec

/// Writes the struct of a response: its headers and body, how it is sent and how a client reads it.
struct ResponseEmitter {
  let model: ResponseModel
  let emitter: ValueEmitter

  func declaration() -> [Code] {
    code {
      Code.documentation(model.documentation)
      block("public struct \(model.structName): Sendable") {
        if model.representations.count > 1 {
          BodyEnum.declaration(model.representations, of: "The body, in one of its media types.", type: \.type)
          Code.blank
        }
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

  private var bodyType: String? { model.bodyType }

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
        let text = ParameterText.field(header.isRequired ? "self.\(header.name)" : "value", header)
        let append = "fields.append(\(literal(header.field)), \(text))"
        header.isRequired ? append : "if let value = self.\(header.name) { \(append) }"
      }
      if model.representations.count > 1 {
        "switch body {"
        for item in model.representations {
          "case .\(SwiftName.escaped(item.name))(let body): \(sent(item, fields))"
        }
        "}"
      } else {
        model.representations.first.map { sent($0, fields) } ?? "return .empty(\(model.status)\(fields))"
      }
    }
  }

  private func sent(_ item: RepresentationModel, _ fields: String) -> String {
    let bytes =
      switch item.content {
      case .json: "body.json(for: audience)"
      case .text: "Array(body.utf8)"
      case .bytes, .stream: "body"
      }
    return "return .content(\(model.status), \(literal(item.mediaType)), \(bytes)\(fields))"
  }

  /// What a client makes of it.
  private func decode() -> Code {
    var arguments = model.headers.map { "\(SwiftName.escaped($0.name)): \($0.name)Value" }
    if bodyType != nil { arguments.append("body: body") }
    return block("static func decode(_ response: ClientResponse) throws(ClientError) -> Self") {
      for header in model.headers {
        "var \(header.name)Value: \(header.type.source)?"
        let form = ParameterText.form(header)
        closure(
          "try response.header(\(literal(header.field)), \(form), isRequired: \(header.isRequired))", "json, context"
        ) { emitter.read(header.conjunction, .init(variable: "\(header.name)Value", type: header.type, member: "nil")) }
      }
      let needed = model.headers.filter(\.isRequired).map { "let \($0.name)Value" }
      if !needed.isEmpty { "guard \(needed.joined(separator: ", ")) else { throw response.missingHeader }" }
      if model.representations.count > 1 {
        "let body: Body"
        Code.list("switch try response.representation([", model.representations.map { literal($0.mediaType) }, "]) {")
        for (place, item) in model.representations.enumerated() {
          label(place + 1 < model.representations.count ? "case \(place)" : "default") {
            read(item, as: "content")
            "body = .\(SwiftName.escaped(item.name))(content)"
          }
        }
        "}"
      } else if let item = model.representations.first {
        read(item, as: "body")
      }
      "return Self(\(arguments.joined(separator: ", ")))"
    }
  }
}

extension ResponseEmitter {
  private func read(_ item: RepresentationModel, as name: String) -> Code {
    let mediaType = literal(item.mediaType)
    switch item.content {
    case .json(let type, let conjunction):
      return emitter.decoding("let \(name): \(type.source) = try response.json(\(mediaType))", type, conjunction)
    case .text(let conjunction?):
      return emitter.decoding("let \(name) = try response.text(\(mediaType))", .string, conjunction)
    case .text(nil): return .line("let \(name) = try response.text(\(mediaType))")
    case .bytes(let conjunction?):
      return .group([
        emitter.decoding("_ = try response.text(\(mediaType))", .string, conjunction),
        .line("let \(name) = try response.bytes(\(mediaType))"),
      ])
    case .bytes(nil): return .line("let \(name) = try response.bytes(\(mediaType))")
    case .stream: return .line("let \(name) = ResponseStream(try response.bytes(\(mediaType)))")
    }
  }
}

extension ValueEmitter {
  /// A call with a closure that reads a value of this type.
  func decoding(_ call: String, _ type: SwiftType, _ conjunction: Conjunction) -> Code {
    closure(call, "json, context -> \(type.source)?") {
      "var value: \(type.source)?"
      read(conjunction, .init(variable: "value", type: type, member: "nil"))
      "return value"
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

  /// What stands in a header.
  static func field(_ value: String, _ header: ResponseModel.Header) -> String {
    guard case .array(let element) = header.shape else { return expression(value, header.type) }
    let text = expression("$0", element)
    return text == "$0" ? "\(value).joined(separator: \", \")" : "\(value).map { \(text) }.joined(separator: \", \")"
  }

  /// The `ParameterValue` of an array or object.
  static func value(_ name: String, _ parameter: ParameterModel) -> String {
    switch parameter.shape {
    case .scalar: return ".scalar(\(expression(name, parameter.type)))"
    case .array(let element):
      let text = expression("$0", element)
      return text == "$0" ? ".list(\(name))" : ".list(\(name).map { \(text) })"
    case .object(let properties):
      let members = properties.map { property in
        "(\(literal(property.jsonName)), \(member(name, property)))"
      }
      return ".members([\(members.joined(separator: ", "))])"
    }
  }

  private static func member(_ name: String, _ property: PropertyModel) -> String {
    if let constant = property.constant { return literal(constant) }
    let access = "\(name).\(SwiftName.escaped(property.name))"
    if property.isAlwaysPresent { return expression(access, property.type) }
    let text = expression("$0", property.type)
    return text == "$0" ? access : "\(access).map { \(text) }"
  }

  /// How a parameter's text becomes JSON.
  static func form(_ parameter: ParameterModel) -> String {
    if parameter.isPlain { return ".\(form(parameter.type))" }
    return coding(".\(parameter.parameter.style.rawValue)", parameter.explode, parameter.shape, parameter.type)
  }

  /// How a header's text becomes JSON.
  static func form(_ header: ResponseModel.Header) -> String {
    guard case .array = header.shape else { return ".\(form(header.type))" }
    return coding(".simple", false, header.shape, header.type)
  }

  private static func coding(_ style: String, _ explode: Bool, _ shape: ParameterShape, _ type: SwiftType) -> String {
    let form =
      switch shape {
      case .scalar: ".scalar(.\(form(type)))"
      case .array(let element): ".array(.\(form(element)))"
      case .object(let properties):
        ".object([\(properties.map { "(\(literal($0.jsonName)), .\(self.form($0.type)))" }.joined(separator: ", "))])"
      }
    return "ParameterCoding(\(style), explode: \(explode), \(form))"
  }

  /// Whether the schema judges the text as a string, or as the JSON that it reads as.
  static func form(_ type: SwiftType) -> String {
    switch type {
    case .int, .number, .bool: "literal"
    default: "string"
    }
  }
}
