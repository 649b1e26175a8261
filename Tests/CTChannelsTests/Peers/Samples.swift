import CTJSON

@testable import CTChannels

/// An alert about the backend that has just begun, unless the test wants it otherwise.
func sample(
  id: String = "ntf_1", state: Notification.State = .firing, severity: Notification.Severity = .critical,
  title: String = "The backend fails", detail: String = "3 errors of high severity in 10 minutes.",
  systemId: String? = "backend", link: String? = "https://tower.example/alerts/alt_1"
) -> Notification {
  Notification(
    id: id, rule: "backend-errors", severity: severity, state: state, title: title, detail: detail,
    systemId: systemId, dedupeKey: "backend-errors:backend", startedAt: Timestamp("2025-09-27T10:00:00Z")!,
    at: Timestamp("2025-09-27T10:05:00Z")!, link: link)
}
