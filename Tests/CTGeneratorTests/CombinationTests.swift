import CTGenerator
import CTSpec
import Testing

/// Schemas that are combined without end are refused, and those that are only large are not.
@Suite struct CombinationTests {
  /// Which of the schemas meet in `a` of `a` of … doubles with each of them.
  private func document(_ count: Int) -> String {
    let link = { (index: Int) in "{$ref: '#/components/schemas/S\(index)'}" }
    let schemas = (1..<count).map {
      "    S\($0): {type: object, properties: {a: \(link($0 + 1)), b: \(link($0 + 1))}}"
    }
    return """
      openapi: 3.1.0
      info: {title: Pet Shop, version: 1.0.0}
      paths:
        /pets:
          get:
            operationId: listPets
            responses: {"200": {description: Pets., content: {application/json: {schema: \(link(0))}}}}
      components:
        schemas:
          S0: {type: object, properties: {a: {allOf: [\(link(0)), \(link(1))]}, b: \(link(0))}}
      \(schemas.joined(separator: "\n"))
          S\(count): {type: object}
      """
  }

  @Test(arguments: [13, 18, 60]) func `combinations without end are refused`(count: Int) {
    let found = faults(document(count))
    #expect(found.count == 1)
    #expect(
      found.first?.hasPrefix("api.yaml:10:40: error: '$ref' and 'allOf' lead from here to more than") == true,
      "\(found)")
  }

  @Test func `a few are compiled`() throws {
    #expect(try generate(document(4))["Schemas0.swift"] != nil)
  }
}
