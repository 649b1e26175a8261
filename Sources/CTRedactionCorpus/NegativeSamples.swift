/// Texts as producers send them that hold nothing about anybody.
extension SeededGenerator {
  mutating func negative() -> Sample {
    let kind = pick(Self.kinds)
    var text = harmless(kind)
    if chance(30) {
      text = pick([
        "Created \(text) today", "\(text) is done", "see \(text), please", "{\"note\":\"\(text)\"}", "1) \(text)\n2) -",
      ])
    }
    let name =
      chance(40)
      ? word("status note jobName fnName orderId customerId emailStatus ref requestId tokenCount message") : ""
    return Sample(detector: nil, kind: kind, name: name, text: text, core: "")
  }

  private static let kinds = [
    "invoice", "period", "amount", "timestamp", "uuid", "ulid", "event", "sha", "version", "storage", "url", "order",
    "words", "epoch", "image", "trace", "duration", "path", "log", "decimal", "barcode", "cron", "git", "date",
    "number", "prose", "encoded",
  ]

  private mutating func harmless(_ kind: String) -> String {
    switch kind {
    case "invoice": pick(["INV-\(int(2020...2026))-\(digits(4))", "CN-\(digits(6))", "INV\(digits(8))"])
    case "period":
      pick(["2025-\(padded(1...12))", "2025-W\(padded(1...52))", "Q\(int(1...4)) 2025", "2025-\(padded(1...12))/2026"])
    case "amount":
      pick([
        "\(int(1...99_999)).\(digits(2))", "£\(int(1...999)),\(digits(3)).\(digits(2))", "-\(digits(3)).50 GBP",
        "\(int(1...100))%",
      ])
    case "timestamp", "date": timestamp()
    case "uuid": uuid()
    case "ulid": characters(26, of: "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    case "event": pick(["evt_01J", "run_01K"]) + characters(23, of: "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    case "sha": pick([hex(7), hex(40), hex(64), "sha256:" + hex(64), hex(32)])
    case "version": version()
    case "storage":
      "gs://swan-\(word("uploads digests logs"))/2025/\(padded(1...12))/\(base62(20)).\(word("pdf txt json"))"
    case "url": url()
    case "order":
      pick([
        "ORD-\(digits(7))", "PO-\(digits(4))-\(digits(4))", "#\(digits(6))", "SO\(digits(9))", "C\(digits(3))",
        "\(digits(3))-\(digits(7))-\(digits(7))",
      ])
    case "words": words()
    case "epoch": pick(["17\(digits(8))", "17\(digits(11))", "17\(digits(17))"])
    case "image":
      pick([
        "ghcr.io/swan/portal:1.\(digits(1)).\(digits(2))", "postgres@sha256:\(hex(64))",
        "portal-7d9\(hex(6))-x2\(hex(3))",
      ])
    case "trace": pick(["00-\(hex(32))-\(hex(16))-01", hex(16), "W/\"\(hex(20))\"", base62(20)])
    case "duration":
      pick([
        "\(int(1...900)) ms", "PT\(int(1...59))M", "\(int(1...9))h \(int(1...59))m",
        "00:\(padded(0...59)):\(padded(0...59))",
      ])
    case "prose": chance(25) ? harmlessTable() : harmlessProse()
    case "encoded":
      pick([Self.base64(words()), Self.base64(base62(20)), Self.hex("id \(digits(4)) of \(version())"), base62(24)])
    case "path":
      pick([
        "/srv/app/\(word("jobs reports"))/2025-09-\(padded(1...28)).log",
        "src/Portal/Upload\(int(1...9)).swift:\(int(1...400)):\(int(1...80))",
      ])
    case "log": log()
    case "decimal":
      pick(["0.\(digits(12))", "\(int(0...90)).\(digits(6)),-\(int(0...9)).\(digits(6))", "1.\(digits(3))e-7"])
    case "barcode": pick(["978\(digits(10))", "50\(digits(11))"])
    case "cron": "\(int(0...59)) \(int(0...23)) * * 1-5"
    case "git":
      pick([
        "git@github.com:swan/portal.git", "refs/pull/\(digits(4))/merge", "release/2025.\(int(1...12))",
        "v1.\(digits(1)).0-\(digits(2))-g\(hex(7))",
      ])
    default: pick([digits(int(1...6)), "1\(digits(10))", "\(digits(3)),\(digits(3))", "\(digits(4))/\(digits(4))"])
    }
  }

  private mutating func timestamp() -> String {
    let day = "202\(int(3...6))-\(padded(1...12))-\(padded(1...28))"
    let time = "\(padded(0...23)):\(padded(0...59)):\(padded(0...59))"
    return pick([
      "\(day)T\(time)Z", "\(day)T\(time).\(digits(6))Z", "\(day) \(time)", "\(day)T\(time)+01:00", day,
      "\(padded(1...28))/\(padded(1...12))/2025 \(padded(0...23)):\(padded(0...59))",
      "\(padded(1...28))-\(padded(1...12))-2025 12:30",
      day.replacing("-", with: "") + "T" + time.replacing(":", with: "") + "Z",
      "\(padded(1...28)).\(padded(1...12)).2025 \(time)",
    ])
  }

  private mutating func uuid() -> String {
    let text = "\(hex(8))-\(hex(4))-\(int(1...7))\(hex(3))-\(characters(1, of: "89ab"))\(hex(3))-\(hex(12))"
    return chance(30) ? text.uppercased() : text
  }

  private mutating func version() -> String {
    let core = "\(int(0...30)).\(int(0...40)).\(int(0...200))"
    return pick([
      core, "v\(core)", "\(core)-rc.\(int(1...9))", "\(core)+build.\(digits(4))", "Swift \(core)",
      "120.0.\(int(300...6999)).109",
    ])
  }

  private mutating func url() -> String {
    pick([
      "https://github.com/swan/portal/actions/runs/\(int(1...9))\(digits(10))",
      "https://example.com/a/b?page=\(int(1...90))&sort=asc#top",
      "https://api.example.com:8443/v2/invoices/INV-2025-\(digits(4))",
      "https://console.cloud.google.com/run?project=swan-\(digits(6))",
      "postgres://db.internal:5432/portal", "https://example.com/x%20y/z",
    ])
  }

  private mutating func words() -> String {
    let all =
      "the invoice upload was retried after pending webhook returned paid and build on main failed quietly once more"
    return (0..<int(1...9)).map { _ in word(all) }.joined(separator: " ")
  }

  private mutating func log() -> String {
    pick([
      "GET /v1/events 200 in \(int(1...900)) ms", "HTTP \(int(400...599)): upstream timed out after \(int(1...30)) s",
      "processed \(digits(3)) of \(digits(4)) rows; \(int(1...9)) failed",
      "level=warn job=digest attempt=\(int(1...5)) delay=\(int(1...60))s",
      "expected ':' at line \(int(1...99)) column \(int(1...99))",
      "heap \(digits(3)) MB / \(digits(4)) MB, gc \(int(1...20)) ms",
      "total=\(digits(4)).\(digits(2)) vat=\(digits(3)).\(digits(2)) items=\(int(1...90))",
      "std::bad_alloc in worker \(int(1...16))",
    ])
  }
}
