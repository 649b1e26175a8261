internal import CTJSON
internal import CTSpec

/// One other value for a place, and which keyword it tries.
struct Variation {
  let keyword: String
  let label: String
  let value: JSONValue
  let isValid: Bool

  init(_ keyword: String, _ label: String, _ value: JSONValue, isValid: Bool = false) {
    self.keyword = keyword
    self.label = label
    self.value = value
    self.isValid = isValid
  }
}

/// What can be tried at one place: each boundary, and each violation by itself.
struct Variations {
  let facets: Facets
  let index: SpecIndex

  /// All, in a fixed order. `value` is what stands there now.
  func all(of value: JSONValue) -> [Variation] {
    if let values = facets.values { return types() + enumerated(values) }
    switch value {
    case .string: return types() + lengths() + patterns() + formats()
    case .number: return types() + bounds() + whole()
    case .array(let elements): return types() + counts(elements)
    case .object(let members): return types() + extra(members)
    case .null, .bool: return types()
    }
  }

  private func types() -> [Variation] {
    guard let types = facets.types else { return [] }
    return CaseMaker.otherTypes(than: types).map { Variation("type", $0.kind, $0.value) }
  }

  private func enumerated(_ values: [JSONValue]) -> [Variation] {
    let keyword = facets.schemas.contains { $0.const != nil } ? "const" : "enum"
    let text = values.first?.string ?? "x"
    let wrong = [text + "x", text.uppercased(), "", " \(text)"].map { JSONValue.string($0) }.filter {
      !values.contains($0)
    }
    // What another schema of the same place would take: the nearest miss.
    let near = facets.schemas.compactMap(\.enumValues).joined().map(\.jsonValue).first { !values.contains($0) }
    return ([near].compactMap { $0 } + wrong).map { value in
      Variation(keyword, String(decoding: JSONWriter.write(value), as: UTF8.self), value)
    }
  }

  private func lengths() -> [Variation] {
    let maker = StringMaker(index: index)
    var found: [Variation] = []
    func add(_ keyword: String, _ length: Int, isValid: Bool) {
      guard facets.format == nil, length >= 0, length <= 4096,
        let text = maker.text(pattern: facets.pattern, length: length)
          ?? (isValid ? nil : maker.text(pattern: nil, length: length))
      else { return }
      found.append(Variation(keyword, "\(length) characters", .string(text), isValid: isValid))
    }
    if facets.minLength > 0 {
      add("minLength", facets.minLength, isValid: true)
      add("minLength", facets.minLength - 1, isValid: false)
    }
    if let maximum = facets.maxLength {
      add("maxLength", maximum, isValid: true)
      add("maxLength", maximum + 1, isValid: false)
      if facets.pattern == nil, facets.format == nil, 1...1024 ~= maximum {
        // Lengths count code points, not octets and not UTF-16 (2020-12 validation, section 6.3.1).
        let text = String(repeating: "😀", count: maximum)
        found.append(Variation("maxLength", "\(maximum) code points beyond the BMP", .string(text), isValid: true))
      }
    }
    return found
  }

  private func patterns() -> [Variation] {
    guard let pattern = facets.pattern else { return [] }
    let top = min(facets.maxLength ?? 32, 32)
    let maker = StringMaker(index: index)
    let lengths = Set([max(facets.minLength, 1), min(top, 8), top]).sorted()
    var texts = lengths.compactMap { maker.text(pattern: pattern, length: $0, matching: false) }
    if let good = maker.text(pattern: pattern, lengths: max(facets.minLength, 1)...max(top, 1)) {
      // A pattern that is anchored has no room for what stands around.
      texts += [good + "\n", " " + good, good + "\u{e9}"].filter { $0.unicodeScalars.count <= facets.maxLength ?? .max }
    }
    return texts.map { text in
      Variation("pattern", text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined(), .string(text))
    }
  }

  private func formats() -> [Variation] {
    guard let format = facets.format else { return [] }
    return FormatSamples.valid(format).map { Variation("format", "'\($0)'", .string($0), isValid: true) }
      + FormatSamples.invalid(format).map { Variation("format", "'\($0)'", .string($0)) }
  }

  private func counts(_ elements: [JSONValue]) -> [Variation] {
    guard let item = elements.first else { return [] }
    var found: [Variation] = []
    func add(_ keyword: String, _ count: Int, isValid: Bool) {
      guard 0...2000 ~= count else { return }
      let value = JSONValue.array(Array(repeating: item, count: count))
      found.append(Variation(keyword, "\(count) items", value, isValid: isValid))
    }
    if facets.minItems > 0 {
      add("minItems", facets.minItems, isValid: true)
      add("minItems", facets.minItems - 1, isValid: false)
    }
    if let maximum = facets.maxItems {
      add("maxItems", maximum, isValid: true)
      add("maxItems", maximum + 1, isValid: false)
    }
    return found
  }

  private func extra(_ members: [JSONValue.Member]) -> [Variation] {
    let more = JSONValue.object(members + [.init(key: "ctconformUndeclared", value: .string("x"))])
    let isClosed = facets.schemas.contains { schema in
      schema.additionalProperties.map { index[$0].boolean == false } ?? false
    }
    return [Variation("additionalProperties", "one that is not declared", more, isValid: !isClosed)]
  }
}
