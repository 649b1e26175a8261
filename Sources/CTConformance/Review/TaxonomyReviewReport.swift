internal import CTJSON

/// A review as people read it in a meeting, and as programs do.
struct TaxonomyReviewReport {
  let review: TaxonomyReview
  let url: String

  var markdown: String {
    var lines = ["# Taxonomy review", "", "`\(url)`, \(review.from) to \(review.to), \(review.count) events read."]
    if review.ownCount > 0 {
      lines += ["", "\(review.ownCount) more were sent by ctconform, and are left out (`--own-events` counts them)."]
    }
    if review.isCut { lines += ["", "There are more events than were read: volumes are too low."] }
    lines += ["", "| type | events | span before | change |", "|---|--:|--:|--:|"]
    lines += review.seenTypes.map { type, volume in
      "| \(type) | \(volume.now) | \(volume.before) | \(Self.change(volume)) |"
    }
    lines += section("Seen and not in the taxonomy", review.unknownTypes.map { "`\($0)`" })
    lines += section("In the taxonomy and not seen", review.unseenTypes.map { "`\($0)`" })
    lines += section("Payload fields that nobody declared", review.fields.map(Self.text))
    lines += section("Stored events that break the taxonomy", review.breaches.map(Self.text))
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ title: String, _ items: [String]) -> [String] {
    ["", "## \(title)", ""] + (items.isEmpty ? ["None."] : items.map { "- \($0)" })
  }

  private static func change(_ volume: TaxonomyReview.Volume) -> String {
    guard let change = volume.change else { return volume.now > 0 ? "new" : "" }
    return "\(change > 0 ? "+" : "")\(change) %"
  }

  private static func text(_ field: TaxonomyReview.Field) -> String {
    let times = field.count == 1 ? "once" : "\(field.count) times"
    return
      "`\(ConsoleReporter.printable(field.type))` \(ConsoleReporter.printable(field.pointer)), \(times), such as `\(field.example)`"
  }

  var json: String {
    let value = JSONValue.object([
      .init(key: "url", value: .string(url)), .init(key: "from", value: .string(review.from.description)),
      .init(key: "to", value: .string(review.to.description)),
      .init(key: "events", value: .number(JSONNumber(review.count))),
      .init(key: "ownEvents", value: .number(JSONNumber(review.ownCount))),
      .init(key: "isCut", value: .bool(review.isCut)),
      .init(
        key: "types",
        value: .array(
          review.seenTypes.map { type, volume in
            .object([
              .init(key: "type", value: .string(type)), .init(key: "events", value: .number(JSONNumber(volume.now))),
              .init(key: "before", value: .number(JSONNumber(volume.before))),
            ])
          })), .init(key: "unknownTypes", value: .array(review.unknownTypes.map { .string($0) })),
      .init(key: "unseenTypes", value: .array(review.unseenTypes.map { .string($0) })),
      .init(key: "undeclaredFields", value: .array(review.fields.map(Self.value))),
      .init(key: "breaches", value: .array(review.breaches.map(Self.value))),
    ])
    return String(decoding: JSONWriter.write(value, .pretty), as: UTF8.self) + "\n"
  }

  private static func value(_ field: TaxonomyReview.Field) -> JSONValue {
    .object([
      .init(key: "type", value: .string(field.type)), .init(key: "pointer", value: .string(field.pointer)),
      .init(key: "events", value: .number(JSONNumber(field.count))),
      .init(key: "example", value: .string(field.example)),
    ])
  }
}
