import CYAML

/// libyaml's emitter into memory. All pointers of YAML writing are in this file.
struct YAMLEmitter: ~Copyable {
  private let emitter: UnsafeMutablePointer<yaml_emitter_t>
  private let output: UnsafeMutablePointer<[UInt8]>

  enum ScalarStyle {
    case plain, quoted, literal
  }

  /// Collects what `body` emits as one document.
  static func document(_ body: (borrowing YAMLEmitter) -> Void) -> [UInt8] {
    let emitter = YAMLEmitter()
    emitter.emit { yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
    emitter.emit { yaml_document_start_event_initialize($0, nil, nil, nil, 1) }
    body(emitter)
    emitter.emit { yaml_document_end_event_initialize($0, 1) }
    emitter.emit { yaml_stream_end_event_initialize($0) }
    return emitter.output.pointee
  }

  private init() {
    emitter = .allocate(capacity: 1)
    output = .allocate(capacity: 1)
    output.initialize(to: [])
    guard yaml_emitter_initialize(emitter) == 1 else { fatalError("out of memory") }
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)
    yaml_emitter_set_output(
      emitter,
      { context, bytes, count in
        guard let context, let bytes else { return 0 }
        context.assumingMemoryBound(to: [UInt8].self).pointee += UnsafeBufferPointer(start: bytes, count: count)
        return 1
      }, output)
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
    output.deinitialize(count: 1)
    output.deallocate()
  }

  /// The emitter takes the event over, also when it fails. It fails only for want of memory: the events are balanced and
  /// their text is UTF-8.
  private func emit(_ make: (UnsafeMutablePointer<yaml_event_t>) -> Int32) {
    var event = yaml_event_t()
    guard make(&event) == 1, yaml_emitter_emit(emitter, &event) == 1 else { fatalError("out of memory") }
  }

  func scalar(_ text: String, _ style: ScalarStyle) {
    let style =
      switch style {
      case .plain: YAML_PLAIN_SCALAR_STYLE
      case .quoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
      case .literal: YAML_LITERAL_SCALAR_STYLE
      }
    var text = text
    text.withUTF8 { bytes in
      // An empty string may have no address, which libyaml would take for a text to measure.
      let empty: [UInt8] = [0]
      empty.withUnsafeBufferPointer { none in
        emit {
          yaml_scalar_event_initialize(
            $0, nil, nil, bytes.baseAddress ?? none.baseAddress, Int32(clamping: bytes.count), 1, 1, style)
        }
      }
    }
  }

  func sequence(isEmpty: Bool, _ body: () -> Void) {
    let style = isEmpty ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
    emit { yaml_sequence_start_event_initialize($0, nil, nil, 1, style) }
    body()
    emit { yaml_sequence_end_event_initialize($0) }
  }

  func mapping(isEmpty: Bool, _ body: () -> Void) {
    let style = isEmpty ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
    emit { yaml_mapping_start_event_initialize($0, nil, nil, 1, style) }
    body()
    emit { yaml_mapping_end_event_initialize($0) }
  }
}
