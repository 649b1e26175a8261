import CYAML

/// One event of libyaml's parser, without pointers.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(text: String, isPlain: Bool)
    case sequenceStart, sequenceEnd
    case mappingStart, mappingEnd
  }

  var kind: Kind
  var anchor: String?
  var tag: String?
  var location: SourceLocation
}

/// Why libyaml stopped.
struct YAMLFault: Error {
  var location: SourceLocation
  var message: String
}

/// libyaml's parser over bytes in memory, one event at a time. All pointers of YAML reading are in this file.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var text: SourceText
  private var marks: YAMLMarks

  /// Reads `text` with `body`; the events do not outlive the call.
  static func read<Result>(
    _ text: SourceText, _ body: (inout YAMLEvents) throws(YAMLFault) -> Result
  ) throws(YAMLFault) -> Result {
    try text.bytes.withUnsafeBufferPointer { buffer throws(YAMLFault) in
      var events = try YAMLEvents(text, buffer)
      return try body(&events)
    }
  }

  private init(_ text: SourceText, _ buffer: UnsafeBufferPointer<UInt8>) throws(YAMLFault) {
    self.text = text
    marks = YAMLMarks(text)
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YAMLFault(location: SourceLocation(file: text.file), message: "out of memory")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after `streamEnd` there is none to ask for.
  mutating func next() throws(YAMLFault) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
    defer { yaml_event_delete(&event) }
    return convert(event)
  }

  private mutating func convert(_ event: yaml_event_t) -> YAMLEvent {
    let location = marks.location(event.start_mark)
    func made(_ kind: YAMLEvent.Kind, _ anchor: UnsafePointer<UInt8>? = nil, _ tag: UnsafePointer<UInt8>? = nil)
      -> YAMLEvent
    {
      YAMLEvent(
        kind: kind, anchor: anchor.map { String(cString: $0) }, tag: tag.map { String(cString: $0) },
        location: location)
    }
    switch event.type {
    case YAML_ALIAS_EVENT: return made(.alias(String(cString: event.data.alias.anchor)))
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return made(.scalar(text: text, isPlain: isPlain), scalar.anchor, scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      return made(.sequenceStart, event.data.sequence_start.anchor, event.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      return made(.mappingStart, event.data.mapping_start.anchor, event.data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT: return made(.sequenceEnd)
    case YAML_MAPPING_END_EVENT: return made(.mappingEnd)
    case YAML_DOCUMENT_START_EVENT: return made(.documentStart)
    case YAML_DOCUMENT_END_EVENT: return made(.documentEnd)
    case YAML_STREAM_START_EVENT: return made(.streamStart)
    default: return made(.streamEnd)
    }
  }

  private mutating func fault() -> YAMLFault {
    let error = parser.pointee
    let problem = error.problem.map { String(cString: $0) } ?? "not enough memory"
    if error.error == YAML_READER_ERROR {
      return YAMLFault(location: text.location(of: Int(error.problem_offset)), message: problem)
    }
    let location = marks.location(error.problem_mark)
    guard let context = error.context.map({ String(cString: $0) }) else {
      return YAMLFault(location: location, message: problem)
    }
    let begin = marks.location(error.context_mark).line
    let place = begin == location.line ? "" : " that begins on line \(begin)"
    return YAMLFault(location: location, message: "\(context)\(place): \(problem)")
  }
}
