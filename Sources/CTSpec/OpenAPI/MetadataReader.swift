// Reads what an OpenAPI description says to people: contact, license and links to documentation (OpenAPI 3.1, sections
// 4.8.3, 4.8.4 and 4.8.11). Nothing comes of it; it has to be well-formed all the same.
extension ObjectReader {
  private func part(_ key: String, _ what: String) -> ObjectReader? {
    any(key).map { ObjectReader($0, id.appending(key), what, context) }
  }

  func readExternalDocs() {
    guard let link = part("externalDocs", "external documentation object") else { return }
    if !link.has("url") { link.reportMissing("url") }
    link.readFormatted("url", "uri-reference")
    _ = link.string("description")
    link.finish()
  }

  func readContact() {
    guard let contact = part("contact", "contact") else { return }
    _ = contact.string("name")
    contact.readFormatted("url", "uri-reference")
    contact.readFormatted("email", "email")
    contact.finish()
  }

  func readLicense() {
    guard let license = part("license", "license") else { return }
    _ = license.requiredString("name")
    _ = license.string("identifier")
    license.readFormatted("url", "uri-reference")
    if license.has("identifier"), let member = license.member("url") {
      error(
        "exclusive-fields", at: member.keyLocation, "'identifier' and 'url' exclude each other",
        suggestion: "keep one of them")
    }
    license.finish()
  }

  /// A string of a format of JSON Schema.
  func readFormatted(_ key: String, _ format: String) {
    guard let text = string(key), !FormatAssertion.holds(format, text) else { return }
    error("wrong-value", at: any(key)?.location ?? node.location, "'\(text)' is no \(format)")
  }
}
