/// Texts that have a format, and texts that nearly have it.
enum FormatSamples {
  static func valid(_ format: String) -> [String] {
    switch format {
    case "date-time":
      [
        "2025-09-27T10:00:00Z", "2025-09-27T11:00:00.25+01:00", "2024-02-29T23:59:59.999999-05:30",
        "2025-09-27t10:00:00z",
      ]
    case "date": ["2025-09-01", "2024-02-29"]
    case "time": ["10:00:00Z"]
    case "email": ["nobody@example.com"]
    case "uuid": ["123e4567-e89b-12d3-a456-426614174000"]
    case "uri": ["https://example.com/a"]
    case "ipv4": ["192.0.2.1"]
    case "ipv6": ["2001:db8::1"]
    case "hostname": ["example.com"]
    default: []
    }
  }

  static func invalid(_ format: String) -> [String] {
    switch format {
    case "date-time":
      [
        "", "now", "2025-09-27", "2025-09-27T10:00:00", "2025-09-27 10:00:00Z", "2025-02-30T10:00:00Z",
        "2025-13-01T10:00:00Z", "2025-09-27T24:00:00Z", "2025-09-27T10:60:00Z", "2025-9-27T10:00:00Z",
        "2025-09-27T10:00:00+0100", "2025-09-27T10:00:00.Z", " 2025-09-27T10:00:00Z", "1758967200",
      ]
    case "date": ["", "2025-02-29", "2025-9-1", "20250901", "2025-09-01T00:00:00Z"]
    case "time": ["", "10:00", "25:00:00Z"]
    case "email": ["nobody", "@example.com"]
    case "uuid": ["123e4567"]
    case "uri": ["not a uri"]
    case "ipv4": ["192.0.2.256"]
    case "ipv6": [":::1"]
    case "hostname": ["-a"]
    default: []
    }
  }
}
