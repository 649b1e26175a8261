/// Reads a YAML 1.2 document into nodes with positions: the data that JSON can express, and nothing else.
///
/// Scalars mean what the core schema says (YAML 1.2.2, section 10.3): `no`, `on` and timestamps are strings. Anchors and
/// aliases are expanded, up to a bound. Merge keys, tags beyond the core schema, keys that are no strings and several
/// documents are refused.
enum YAMLParser {
  /// The root, also where there were faults that leave the structure clear: what else is wrong is then told too.
  static func parse(_ text: SourceText, _ diagnostics: inout Diagnostics) -> SpecNode? {
    do throws(YAMLFault) {
      let (node, found) = try YAMLEvents.read(text) { events throws(YAMLFault) in
        var builder = YAMLTreeBuilder(file: text.file)
        let node = try builder.document(&events)
        return (node, builder.faults)
      }
      for fault in found { diagnostics.append(fault) }
      return node
    } catch {
      diagnostics.error("yaml-syntax", at: error.location, error.message)
      return nil
    }
  }
}
