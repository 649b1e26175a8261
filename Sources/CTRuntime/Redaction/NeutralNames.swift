public import CTJSON

/// Names of members that say nothing about their value, so that the name of the object that holds them says it:
/// `{"phone": {"value": "…"}}`, `{"surname": {"old": "…", "new": "…"}}`.
public enum NeutralNames {
  private static let names = JSONNameTable([
    "value", "values", "val", "v", "raw", "text", "string", "content", "contents", "data", "full", "plain", "original",
    "old", "new", "before", "after", "previous", "current", "formatted", "display", "number", "no", "primary",
    "default",
    "main", "$", "#text", "_", "items", "list", "entry", "entries",
  ])

  public static func contain(_ name: JSONText, _ json: inout JSONReader) -> Bool {
    names.index(of: name, in: &json) >= 0
  }
}
