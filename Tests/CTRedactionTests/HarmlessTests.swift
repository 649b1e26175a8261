import Testing

@Suite("What identifies nobody stays as it is")
struct HarmlessTests {
  @Test(arguments: [
    "INV-2025-0912", "2025-09", "2025-W36", "1234.56", "£1,234.56", "2025-09-27T12:03:00Z",
    "2025-09-27T12:03:00.123456+01:00",
    "0f8fad5b-d9cb-469f-a165-70867728950e", "01J9Z4K7Q2M8X3V5B6N7P8R9S0", "evt_01J9Z4K7Q2M8X3V5B6N7P8R9S0",
    "run_01J9Z4",
    "9fceb02d0ae598e95dc970b74767f19372d61af8", "9fceb02", "1.2.3", "v2.0.0-rc.1+build.5",
    "gs://swan-logs/2025/09/27/log.txt",
    "https://github.com/swan/portal/actions/runs/17234567890", "ORD-1234567", "pending", "the invoice was paid", "",
    "finance.invoice.generated", "20250927T120300Z", "1758974580", "C123", "lead-123", "0.91", "100 %", "a & b",
    "tea\\coffee",
    "{\"a\":1,\"b\":[\"x\",2.5]}", "[1, 2, 3]", "{not json", "naïve café", "日本語のテキスト", "Größe: 12", "x = y", "👍 done",
    "100%25",
    // What a run's failure says.
    "mail.internal is not connected to, since the address is private; to allow it, name the host in outbound.allow",
    "mail.internal is not connected to, since the address is loopback; to allow it, name the host in outbound.allow",
    "example.com is not connected to, since it is on the public Internet and would be spoken to without TLS; use https",
  ])
  func clean(_ text: String) { #expect(inspect(text)?.text == nil) }
}
