internal import CTSpec

extension OperationBuilder {
  /// What a parameter's text consists of; a type or style that cannot be read is a fault.
  mutating func shape(of type: SwiftType, _ parameter: Parameter) -> ParameterShape {
    let subject = "the parameter '\(parameter.name)'"
    guard let shape = shape(of: type) else {
      diagnostics.error(
        "unsupported-parameter", at: parameter.location,
        "\(subject) has to be a string, number, integer or boolean, an array of those, or an object of such properties")
      return .scalar
    }
    if let reason = misuse(of: parameter, shape) {
      diagnostics.error("unsupported-parameter", at: parameter.location, "\(subject) \(reason)")
    }
    return shape
  }

  /// What a header's text consists of.
  mutating func shape(ofHeader type: SwiftType, _ header: Header) -> ParameterShape {
    switch shape(of: type) {
    case .scalar?: return .scalar
    case .array(let element)?: return .array(element)
    case .object?, nil:
      diagnostics.error(
        "unsupported-header", at: header.location,
        "the header '\(header.name)' has to be a string, number, integer or boolean, or an array of those")
      return .scalar
    }
  }

  private func shape(of type: SwiftType) -> ParameterShape? {
    if isScalar(type) { return .scalar }
    switch type {
    case .array(let element): return isScalar(element) ? .array(element) : nil
    case .named(let name):
      guard let object = models.models.object(name), object.properties.allSatisfy({ isScalar($0.type) }) else {
        return nil
      }
      return .object(object.properties)
    default: return nil
    }
  }

  private func isScalar(_ type: SwiftType) -> Bool {
    switch type {
    case .string, .int, .number, .bool, .timestamp: true
    case .named(let name): models.models.stringEnum(name) != nil
    case .raw, .array, .nullable: false
    }
  }

  /// Why the style is not for this shape (OpenAPI 3.1, section 4.8.12.4).
  private func misuse(of parameter: Parameter, _ shape: ParameterShape) -> String? {
    switch (parameter.style, shape) {
    case (.deepObject, .array), (.deepObject, .scalar): "is no object, which the style 'deepObject' is for"
    case (.spaceDelimited, .scalar), (.pipeDelimited, .scalar):
      "is one value, and the style '\(parameter.style.rawValue)' is for several"
    case (.spaceDelimited, _) where parameter.explode, (.pipeDelimited, _) where parameter.explode:
      "has a style that 'explode: true' is not defined for"
    default: nil
    }
  }

  /// An object whose properties are query parameters of their own may not have the name of another parameter.
  mutating func refuseClashes(_ parameters: [ParameterModel]) {
    var taken: Set<String> = []
    for model in parameters where model.parameter.placement == .query {
      for name in model.queryNames where !taken.insert(name).inserted {
        diagnostics.error(
          "unsupported-parameter", at: model.parameter.location,
          "the query parameter '\(name)' could be of two parameters: give '\(model.parameter.name)' another style")
      }
    }
  }
}
