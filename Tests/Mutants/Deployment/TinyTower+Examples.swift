internal import CTHTTP
internal import CTJSON
internal import CTSpec

extension TinyTower {
  /// The answer of an operation that the tiny tower knows nothing of: the spec's own example, or the least that its schema
  /// takes. What a path names is not there.
  func example(
    _ operation: Operation, _ content: MediaType?, _ caller: Caller?
  ) throws(Refusal) -> HTTPResponse {
    guard operation.path.parameterNames.isEmpty else { throw Refusal(404, "There is no such thing.") }
    let success = operation.responses.lazy.compactMap { response -> Int? in
      if case .code(let status) = response.status, 200..<300 ~= status { status } else { nil }
    }.first
    guard let status = success else { throw Refusal(404, "There is nothing at this path.") }
    guard let content else { return HTTPResponse(status: HTTPStatus(status)) }
    let value =
      content.schema.map { spec.index.resolved($0).types == [.array] } == true
      ? .array([]) : content.examples.first?.value.jsonValue ?? content.schema.map { least($0) } ?? .null
    guard content.name.hasSuffix("json") else {
      return HTTPResponse(
        status: HTTPStatus(status), fields: ["Content-Type": HTTPFieldValue(lossy: content.name)],
        body: .bytes(Array((value.string ?? "nothing\n").utf8)))
    }
    return json(status, content.schema.map { visible(value, $0, caller) } ?? value)
  }

  /// Without what the caller's role may not see.
  private func visible(_ value: JSONValue, _ id: SchemaID, _ caller: Caller?) -> JSONValue {
    let schema = spec.index.resolved(id)
    switch value {
    case .object(let members):
      return .object(
        members.compactMap { member in
          guard let known = schema.properties.first(where: { $0.name == member.key })?.schema else { return member }
          if let roles = spec.index[known].roles, !roles.contains(caller?.role ?? "") { return nil }
          return .init(key: member.key, value: visible(member.value, known, caller))
        })
    case .array(let items): return .array(items.map { item in schema.items.map { visible(item, $0, caller) } ?? item })
    default: return value
    }
  }

  /// The least that a schema takes; by its example, where it has one.
  private func least(_ id: SchemaID) -> JSONValue {
    let schema = spec.index.resolved(id)
    if let example = schema.examples.first?.jsonValue { return example }
    if let value = schema.const ?? schema.enumValues?.first { return value.jsonValue }
    switch schema.types?.first ?? .object {
    case .object:
      return .object(
        schema.required.compactMap { name in
          schema.properties.first { $0.name == name }.map { .init(key: name, value: least($0.schema)) }
        })
    case .array: return .array([])
    case .string: return .string(schema.format == "date-time" ? "2025-09-27T10:00:00Z" : "x")
    case .integer, .number: return .number(schema.minimum ?? 0)
    case .boolean: return .bool(true)
    case .null: return .null
    }
  }
}
