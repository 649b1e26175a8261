internal import CTSpec

extension OperationBuilder {
  /// The media types of a body, each with its Swift type.
  ///
  /// - Parameter streams: whether what has no end is written piece by piece, which only responses are.
  mutating func representations(
    of content: [MediaType], offering name: String, streams: Bool
  ) -> [RepresentationModel] {
    var taken = TakenNames()
    return content.compactMap { media in
      let caseName = taken.unique(Self.caseName(media.name))
      let offered = content.count > 1 ? name + SwiftName.type(caseName) : name
      return self.content(of: media, offering: offered, streams: streams).map {
        RepresentationModel(name: caseName, mediaType: media.name, content: $0)
      }
    }
  }

  /// What is written piece by piece: server-sent events, JSON a line, and files of any size.
  private static let streamed: Set = ["text/event-stream", "application/x-ndjson", "application/octet-stream"]

  /// `json` for `application/json`.
  private static func caseName(_ mediaType: String) -> String {
    SwiftName.member(String(mediaType.drop { $0 != "/" }.prefix { $0 != ";" }), avoiding: ReservedNames.cases)
  }

  private mutating func content(
    of media: MediaType, offering name: String, streams: Bool
  ) -> RepresentationModel.Content? {
    guard !media.name.contains("*"), streams || !media.name.contains(";") else {
      diagnostics.error(
        "unsupported-media-type", at: media.location,
        "a media type has to be one, in a request without parameters: write \(media.name.contains("*") ? "each" : "the type alone")"
      )
      return nil
    }
    let conjunction = media.schema.map { Conjunction([$0], in: document.index) }
    if media.name == "application/json" || media.name.hasSuffix("+json") {
      return json(media, conjunction, offering: name)
    }
    if streams, Self.streamed.contains(media.name) { return .stream }
    if let conjunction, conjunction.types.map({ $0 != [.string] }) ?? !conjunction.isOpen {
      diagnostics.error(
        "unsupported-media-type", at: media.location,
        "only JSON can have this schema; to another media type the content is a string: write `type: string`")
      return nil
    }
    let checked = conjunction?.types == nil ? nil : conjunction
    return media.name.hasPrefix("text/") ? .text(checked) : .bytes(checked)
  }

  private mutating func json(
    _ media: MediaType, _ conjunction: Conjunction?, offering name: String
  ) -> RepresentationModel.Content? {
    guard let conjunction, let schema = media.schema else {
      diagnostics.error("missing-schema", at: media.location, "JSON has to have a schema: write `schema: …` under it")
      return nil
    }
    let origin = conjunction.schemas.first?.id ?? schema
    return .json(models.type(of: conjunction, origin: origin, offering: name), conjunction)
  }
}

extension Conjunction {
  /// Whether it allows anything.
  fileprivate var isOpen: Bool {
    apart.isEmpty && schemas.allSatisfy { $0.boolean != false && $0.assertedTypes.isEmpty && $0.generalValues.isEmpty }
  }
}
