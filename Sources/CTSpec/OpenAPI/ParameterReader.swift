/// Reads parameters and headers (OpenAPI 3.1, sections 4.8.12 and 4.8.21).
struct ParameterReader {
  private let context: OpenAPIContext

  init(_ context: OpenAPIContext) { self.context = context }

  /// Those of a path item or an operation; the same name and place twice is a fault.
  func parameters(of reader: ObjectReader) -> [Parameter] {
    let address = reader.id.appending("parameters")
    var found: [Parameter] = []
    for (index, node) in reader.list("parameters").enumerated() {
      guard let parameter = parameter(node, address.appending(index)) else { continue }
      if found.contains(where: { $0.isSame(as: parameter) }) {
        context.error(
          "duplicate-parameter", at: node.location,
          "the \(parameter.placement.rawValue) parameter '\(parameter.name)' is listed twice")
      }
      found.append(parameter)
    }
    return found
  }

  func parameter(_ node: SpecNode, _ id: SchemaID) -> Parameter? {
    guard let place = context.resolved(node, id, "parameter") else { return nil }
    if let known = context.parameters[place.id] { return known }
    let parameter = read(place)
    context.parameters[place.id] = parameter
    return parameter
  }

  private func read(_ place: OpenAPIContext.Place) -> Parameter? {
    let reader = ObjectReader(place.node, place.id, "parameter", context.load)
    let name = reader.requiredString("name")
    if let node = reader.any("name"), node.string == "" {
      context.error("wrong-value", at: node.location, "the name of a parameter must not be empty")
    }
    if !reader.has("in") { reader.reportMissing("in") }
    let placement: Parameter.Location? = reader.choice("in")
    let required = reader.flag("required")
    let shape = shape(reader, placement ?? .query)
    context.refuseTrue(["allowEmptyValue", "allowReserved"], of: reader)
    reader.finish()
    guard let placement, !name.isEmpty, let schema = shape.schema else { return nil }
    if placement == .path, !required {
      context.error(
        "path-parameter-required", at: reader.any("required")?.location ?? place.node.location,
        "the path parameter '\(name)' needs 'required: true'")
    }
    if placement == .header { checkHeader(name, place.node) }
    return Parameter(
      name: name, placement: placement, required: required, deprecated: shape.deprecated,
      description: shape.description, style: shape.style, explode: shape.explode, schema: schema,
      examples: shape.examples, location: place.node.location)
  }

  /// Headers that OpenAPI 3.1 (section 4.8.12.1) says are ignored as parameters would look enforced and not be.
  private func checkHeader(_ name: String, _ node: SpecNode) {
    let location = node["name"]?.location ?? node.location
    context.check(headerName: name, at: location)
    guard ["accept", "content-type", "authorization"].contains(name.lowercased()) else { return }
    context.error(
      "ignored-header", at: location, "'\(name)' cannot be a header parameter",
      suggestion: "say it with 'content' or 'security'")
  }

  func header(_ name: String, _ node: SpecNode, _ id: SchemaID) -> Header? {
    guard let place = context.resolved(node, id, "header") else { return nil }
    let reader = ObjectReader(place.node, place.id, "header", context.load)
    let required = reader.flag("required")
    let shape = shape(reader, .header)
    reader.finish()
    return shape.schema.map {
      Header(
        name: name, required: required, description: shape.description, schema: $0, examples: shape.examples,
        location: place.node.location)
    }
  }
}

extension ParameterReader {
  /// The fields that parameters and headers have in common.
  private struct Shape {
    var description: String?
    var deprecated: Bool
    var style: Parameter.Style
    var explode: Bool
    var schema: SchemaID?
    var examples: [Example]
  }

  private func shape(_ reader: ObjectReader, _ placement: Parameter.Location) -> Shape {
    let style = style(reader, placement)
    let schema = context.schema("schema", of: reader)
    context.refuse(["content"], of: reader)
    if schema == nil, !reader.has("content") { reader.reportMissing("schema") }
    return Shape(
      description: reader.string("description"), deprecated: reader.flag("deprecated"), style: style,
      explode: reader.flag("explode", default: style == .form), schema: schema,
      examples: ExampleReader(context).examples(of: reader))
  }

  /// Which styles a place allows; the first is the default (section 4.8.12.2).
  private func style(_ reader: ObjectReader, _ placement: Parameter.Location) -> Parameter.Style {
    let allowed: [Parameter.Style] =
      switch placement {
      case .path: [.simple, .matrix, .label]
      case .query: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
      case .header: [.simple]
      case .cookie: [.form]
      }
    guard let style: Parameter.Style = reader.choice("style") else { return allowed[0] }
    if allowed.contains(style) { return style }
    context.error(
      "parameter-style", at: reader.any("style")?.location ?? reader.node.location,
      "the style '\(style.rawValue)' is not for \(placement.rawValue) parameters",
      suggestion: "write one of \(allowed.map(\.rawValue).joined(separator: ", "))")
    return allowed[0]
  }
}

extension Parameter {
  /// Whether both name the same thing: header names are compared without case (RFC 9110, section 5.1).
  package func isSame(as other: Parameter) -> Bool {
    guard placement == other.placement else { return false }
    return placement == .header ? name.lowercased() == other.name.lowercased() : name == other.name
  }
}
