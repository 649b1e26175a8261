import Testing

@testable import CTGenerator

/// Names in Swift follow the API Design Guidelines, whatever the spec calls a thing.
@Suite struct SwiftNameTests {
  @Test(arguments: [
    ("event", "Event"), ("stored event", "StoredEvent"), ("finance.invoice.generated", "FinanceInvoiceGenerated"),
    ("getOpenAPIYAML", "GetOpenAPIYAML"), ("guinea-pig", "GuineaPig"), ("2fa", "_2fa"), ("", "Empty"), ("!!", "Empty"),
    ("größe", "Größe"),
  ])
  func `makes type names`(text: String, expected: String) { #expect(SwiftName.type(text) == expected) }

  @Test(arguments: [
    ("EventId", "eventId"), ("URLPath", "urlPath"), ("ID", "id"), ("WWW-Authenticate", "wwwAuthenticate"),
    ("X-CT-Signature", "xCTSignature"), ("insufficient_data", "insufficientData"), ("1", "_1"), ("", "empty"),
  ])
  func `makes member names`(text: String, expected: String) { #expect(SwiftName.member(text) == expected) }

  @Test func `numbers names that clash, always the same way`() {
    var taken = TakenNames()
    #expect(["a", "b", "a", "a2", "a", "a"].map { taken.unique($0) } == ["a", "b", "a2", "a22", "a3", "a4"])
  }

  @Test(arguments: [("self", "_self"), ("Self", "_self"), ("init", "_init"), ("body", "_body"), ("in", "in")])
  func `puts an underscore before what means something else`(text: String, expected: String) {
    #expect(SwiftName.member(text, avoiding: ["body"]) == expected)
  }

  @Test(arguments: [
    ("Control Tower", "ControlTowerAPI", "ControlTowerClient"), ("Pets API", "PetsAPI", "PetsClient"),
    ("API", "API", "Client"), ("API API", "APIAPI", "APIAPIClient"), ("", "EmptyAPI", "EmptyClient"),
  ])
  func `names server and client by the title`(title: String, api: String, client: String) {
    let names = APINames(title: title)
    #expect((names.api, names.client) == (api, client))
  }

  @Test(arguments: [
    ("a", "\"a\""), ("\"\\\n", "\"\\\"\\\\\\n\""), ("\\(x)", "\"\\\\(x)\""), ("é\u{0}", "\"\\u{e9}\\u{0}\""),
  ])
  func `writes literals that mean the same`(text: String, expected: String) { #expect(literal(text) == expected) }
}
